import { randomBytes } from 'node:crypto';
import type { TaskVerdict } from '#protocol/verdict.ts';
import { probeMark } from '../checker/run-checks.ts';
import { probeLabel } from '../checker/twin.ts';
import { useGrounds } from './grounds.ts';
import { placeMachineFile } from './machine-file.ts';
import { unbearable, withOwnLoad } from './own-load.ts';
import { technique } from './technique.ts';
import { endTrapProcesses, fromTheHost, say, setTrap, thorough, until } from './traps.ts';

const grounds = useGrounds({ probes: [] });

technique('put control characters, line ends and bytes that are no UTF-8 into names that the checker reads', fromTheHost, async () => {
  const mark = randomBytes(4).toString('hex');
  const { output } = await grounds.sandbox.run(`
    cd /sys/fs/cgroup; [ -d pids ] && cd pids
    mkdir "$(printf 'trap\\n0::/schott')" 2> /dev/null && echo reached: a cgroup name with a line end
    name=$(printf 'trap-\\033[2J\\377'); mkdir "$name" && echo control: made
    cat > /tmp/names.pl <<'END'
      $0 = "trap-process-$ARGV[0]\\e]0;owned\\a\\nUid:\\t7\\t7"; my $name = "a\\nUid:\\t7"; open my $comm, ">", "/proc/self/comm"; syswrite $comm, $name; close $comm; sleep 60
END
    (echo $BASHPID > "$name/cgroup.procs"; exec perl /tmp/names.pl ${mark}) > /dev/null 2>&1 < /dev/null &
    ${until(`pgrep -f '[t]rap-process-${mark}' > /dev/null`)}
    docker run --detach --label "$(printf 'lab.role=\\033[31m\\nx')" --env "$(printf 'X=\\r\\n')" lab/bb sleep 300 > /dev/null`);
  const verdict = await grounds.sandbox.judge(async ({ sandbox }) => {
    const mine = (await sandbox.processes()).find((process) => process.commandLine.includes(mark));
    const [container] = await sandbox.containers();
    return [`uid ${mine?.uids[0]}`, `${mine?.commandLine} ${mine?.comm} ${mine?.cgroup} ${container?.labels['lab.role']}`];
  });
  await grounds.sandbox.run(`${endTrapProcesses}; docker rm --force $(docker ps --all --quiet); rmdir /sys/fs/cgroup/trap* /sys/fs/cgroup/pids/trap*`);
  return {
    reached: [
      ...output.split('\n').filter((line) => line.startsWith('reached')),
      ...(verdict.evidence[0] === 'uid 0' ? [] : [`the process is taken for another: ${say(verdict)}`]),
      ...(verdict.evidence.some((line) => /\p{Cc}/u.test(line)) ? ['control characters in the evidence'] : []),
    ],
    control: output.includes('control: made') && verdict.evidence[1]?.includes(mark) ? `there is such a process: ${verdict.evidence[1]}` : undefined,
    refusal: 'a line end in the name of a cgroup: EINVAL; the rest is shown as blanks',
  };
});

technique('hide a container from the checks by the label of the checker', fromTheHost, async () => {
  await setTrap(
    grounds.sandbox,
    `docker run --detach --name open lab/bb sleep 300 > /dev/null; docker run --detach --label ${probeLabel}=${probeMark} --name hidden lab/bb sleep 300 > /dev/null`,
  );
  const verdict = await grounds.sandbox.judge(async ({ sandbox }) => (await sandbox.containers()).map(({ name }) => name));
  await setTrap(grounds.sandbox, 'docker rm --force hidden open > /dev/null');
  return {
    reached: verdict.evidence.includes('hidden') ? [] : [`the checks do not see it: ${say(verdict)}`],
    control: verdict.evidence.includes('open') ? 'one without it is seen' : undefined,
    refusal: 'seen, too: its own are told by id',
  };
});

technique("answer for a container with the checker's own address and port towards it", fromTheHost, async () => {
  const attacker = Object.values((await grounds.sandbox.parts.attacker.inspect()).NetworkSettings.Networks)[0]?.IPAddress ?? '';
  const ask = (port: number): Promise<TaskVerdict> =>
    grounds.sandbox.judge(async ({ sandbox }) => {
      const { body, answeredByContainer } = await (await sandbox.role({ label: 'service' })).http({ path: '/', port });
      return [body.trim(), String(answeredByContainer)];
    });
  await setTrap(
    grounds.sandbox,
    `mkdir -p /srv/www; echo genuine > /srv/www/index.html
     docker run --detach --name service --label lab.role=service --publish 8081:80 --volume /srv/www:/www lab/bb httpd -f -p 80 -h /www > /dev/null
     address=$(docker inspect --format '{{.NetworkSettings.IPAddress}}' service)
     iptables --table nat --insert POSTROUTING --protocol tcp --source 172.17.0.1 --destination $address --dport 80 --jump SNAT --to-source ${attacker}
     cat > /tmp/between.pl <<'END'
       use IO::Socket::INET; $0 = "trap-process"; $SIG{CHLD} = "IGNORE"; my ($to) = @ARGV;
       my $listener = IO::Socket::INET->new(LocalAddr => "0.0.0.0", LocalPort => 8080, Listen => 10, ReuseAddr => 1) or die "$!";
       while (my $client = $listener->accept) {
         next if fork;
         my $server = IO::Socket::INET->new(PeerAddr => $to, PeerPort => 80, LocalPort => $client->peerport, ReuseAddr => 1) or die "connect: $!";
         my $request = ""; while ($request !~ /\\r\\n\\r\\n/) { sysread($client, $request, 4096, length $request) or exit }
         syswrite $server, $request;
         while (sysread $server, my $bytes, 4096) { $bytes =~ s/genuine/falsify/; syswrite $client, $bytes }
         exit
       }
END
     perl /tmp/between.pl $address > /dev/null 2>&1 < /dev/null &
     ${until('nc -z 127.0.0.1 8080')}`,
  );
  const [direct, between] = [await ask(8081), await ask(8080)];
  await setTrap(grounds.sandbox, `docker rm --force service > /dev/null; iptables --table nat --delete POSTROUTING 1; ${endTrapProcesses}`);
  return {
    reached: between.evidence[1] === 'true' ? [`the checker takes it for the container: ${say(between)}`] : [],
    control:
      direct.evidence.join() === 'genuine,true' && between.evidence[0] === 'falsify'
        ? 'the container itself is recognised; the one in between falsifies its answer'
        : undefined,
    refusal: 'there are two connections with that address and port in the sandbox',
  };
});

/** What may lie where the nested engine listens. */
const atTheSocket: ReadonlyArray<readonly [what: string, make: string]> = [
  ['a FIFO', 'mkfifo /run/docker.sock'],
  ['a directory', 'mkdir /run/docker.sock'],
  ['a plain file', 'touch /run/docker.sock'],
  ['a link to the path of the machine’s', 'ln -s /var/run/../../../../../../run/docker.sock.machine /run/docker.sock'],
  ['a link into /proc', 'ln -s /proc/1/root/../../../../run/docker.sock.machine /run/docker.sock'],
  ['a link to itself', 'ln -s /run/docker.sock /run/docker.sock'],
  [
    'a socket at which nobody accepts',
    `cat > /tmp/full.pl <<'END'
       use Socket; $0 = "trap-process"; my $at = pack_sockaddr_un("/run/docker.sock");
       socket(my $listener, AF_UNIX, SOCK_STREAM, 0); bind($listener, $at); listen($listener, 0);
       for (1 .. 3) { fork or do { socket(my $caller, AF_UNIX, SOCK_STREAM, 0); connect($caller, $at); sleep 60; exit } }
       open my $ready, ">", "/tmp/ready"; sleep 60
END
     perl /tmp/full.pl > /dev/null 2>&1 < /dev/null & ${until('[ -e /tmp/ready ]')}; rm /tmp/ready; sleep 0.3`,
  ],
];

technique('put something else where the nested engine listens', fromTheHost, async () => {
  const { sandbox } = grounds;
  const before = await sandbox.judge(thorough);
  await setTrap(sandbox, 'mv /run/docker.sock /run/docker.sock.genuine');
  const reached: string[] = [];
  const answers: string[] = [];
  for (const [what, make] of atTheSocket) {
    await setTrap(sandbox, make);
    const { result: verdict, ...load } = await withOwnLoad(() => sandbox.judge(thorough));
    answers.push(`${what}: ${say(verdict)}`);
    if (!['engine-down', 'tools-changed'].includes(verdict.messageId ?? 'passed')) reached.push(`${what}: ${say(verdict)}`);
    reached.push(...unbearable(load));
    await setTrap(sandbox, `${endTrapProcesses}; rm -rf /run/docker.sock`);
  }
  await setTrap(sandbox, 'ln -s docker.sock.genuine /run/docker.sock');
  const linked = await sandbox.judge(thorough);
  await setTrap(sandbox, 'mv /run/docker.sock.genuine /run/docker.sock');
  return {
    reached,
    control: before.passed && linked.passed ? 'with the genuine one, also through a link inside, a check passes' : undefined,
    refusal: answers.join('; '),
  };
});

technique('lead the checker to other files by links, mounts and `..`', { ...fromTheHost, reference: 'CVE-2018-15664' }, async () => {
  const { sandbox } = grounds;
  await using file = await placeMachineFile(randomBytes(8).toString('hex'));
  const planted = randomBytes(8).toString('hex');
  await setTrap(
    sandbox,
    `echo ${planted} > /srv/plain; ln /srv/plain /srv/hard
     ln -s ${file.path} /srv/link; ln -s ${file.folder} /srv/folder; ln -s /proc/1/root${file.folder} /srv/process; ln -s ../../../../../../../..${file.folder} /srv/upwards
     ln -s /dev/vda /srv/disk; mkfifo /srv/fifo; truncate --size=1T /srv/sparse
     mv /etc/docker /etc/docker.away; ln -s ${file.folder} /etc/docker
     mv /root/flag.txt /root/flag.away; ln -s ${file.path} /root/flag.txt
     mkdir /srv/many; perl -e 'for (1 .. 120000) { link "/srv/plain", "/srv/many/$_" or symlink "/", "/srv/many/$_" }'`,
  );
  const paths = [
    '/srv/link',
    '/srv/folder/secret',
    '/srv/process/secret',
    '/srv/upwards/secret',
    '/srv/disk',
    '/srv/fifo',
    '/srv/sparse',
    '/etc/docker/secret',
    '/root/flag.txt',
    `/srv/../../../../..${file.path}`,
    `/proc/1/root${file.path}`,
    `/srv/plain/../../../..${file.path}`,
  ];
  const { result: verdict, ...load } = await withOwnLoad(() =>
    sandbox.judge(async ({ sandbox: view }) => {
      const read = async (path: string): Promise<string> => Buffer.from((await view.readFile(path).catch(() => undefined)) ?? '').toString();
      const texts = await Promise.all([...paths, '/srv/hard', '/srv/plain'].map(read));
      const listing = await view.list('/srv/many').then(String, String);
      const written = await view.plantFile({ path: '/srv/upwards/planted', content: planted }).catch(String);
      return [texts.at(-1)?.trim() ?? '', texts.some((text) => text.includes(file.text)) ? 'leaked' : 'kept', listing, written];
    }),
  );
  const onTheMachine = await file.names();
  await setTrap(sandbox, 'rm -rf /srv/* /etc/docker /root/flag.txt; mv /etc/docker.away /etc/docker; mv /root/flag.away /root/flag.txt');
  const [control, secret, ...rest] = verdict.evidence;
  return {
    reached: [
      ...(secret === 'kept' ? [] : [`the text of a file of the machine: ${say(verdict)}`]),
      ...(onTheMachine.length > 1 ? [`written on the machine: ${onTheMachine.join()}`] : []),
      ...unbearable(load),
    ],
    control: control === planted ? 'a plain file is read' : undefined,
    refusal: `nothing but plain files inside the root; 120,000 files: ${rest.join('; ')}`,
  };
});
