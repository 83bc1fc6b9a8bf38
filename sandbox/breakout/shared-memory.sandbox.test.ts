import { readFile } from 'node:fs/promises';
import { run } from '../host/run.ts';
import { useGrounds } from './grounds.ts';
import { technique } from './technique.ts';

const grounds = useGrounds({ probes: [], withNeighbour: true });

const root = 'root=$([ -d /host/usr ] && echo /host || echo /)';
const key = 0x5c_40_77;
const text = `text-${process.pid}`;
const own = `own-${process.pid}`;

technique('shared memory, semaphores and queues of another sandbox', { reference: 'ipc_namespaces(7), sysvipc(7), mq_overview(7)' }, async (viewpoint) => {
  /** Makes one of each kind and says what of the other's it sees. */
  const script = (mine: string, foreign: string): string => `
    ${root}
    chroot $root /usr/bin/perl -e '
      my ($mine, $foreign, $key) = @ARGV;
      for my $one ($key, $key + ($mine =~ /^text/ ? 1 : 2)) { my $id = shmget($one, 100, 0); if (defined $id && shmread($id, my $read, 0, 100)) { $read =~ s/\\0.*//s; print "shm $read\\n" } }
      defined(my $id = shmget($key, 100, 0666 | 01000)) or die "shmget: $!"; shmwrite($id, $mine, 0, 100);
      my $queue = msgget($key, 0666 | 01000); my $got = ""; print "queue $got\\n" if msgrcv($queue, $got, 100, 0, 04000); msgsnd($queue, pack("l! a*", 1, $mine), 04000);
      my $set = semget($key, 1, 0666 | 01000); my $value = semctl($set, 0, 12, 0); print "semaphore $value\\n" if $value ne "0 but true"; semctl($set, 0, 16, 7);
    ' ${mine} ${foreign} ${key}
    mkdir -p /tmp/queues && mount -t mqueue none /tmp/queues && ls /tmp/queues | sed 's/^/posix-queue /'; touch /tmp/queues/${mine}; ls /tmp/queues | grep -c ${mine} | sed 's/^/own-queue /'; umount /tmp/queues
    ls /dev/shm | sed 's/^/file /'; echo ${mine} > /dev/shm/${mine}`;
  const clean = `${root}; chroot $root /usr/bin/perl -e 'my $key = ${key}; for (shmget($key, 0, 0)) { shmctl($_, 0, 0) if defined } for (msgget($key, 0)) { msgctl($_, 0, 0) if defined } for (semget($key, 0, 0)) { semctl($_, 0, 0, 0) if defined }'; rm -f /dev/shm/${own} /dev/shm/${text}; mount -t mqueue none /tmp/queues && rm -f /tmp/queues/*; umount /tmp/queues`;
  await grounds.neighbour.run(script(text, own));
  const first = await grounds.lines(viewpoint, script(own, text));
  const second = await grounds.lines(viewpoint, script(own, text));
  await grounds.lines(viewpoint, clean);
  await grounds.neighbour.run(clean);
  const machine = await run('ipcs', []);
  const isSeenAgain = second.some((line) => line.includes(own) && line.startsWith('shm ')) && second.some((line) => line.startsWith('semaphore 7'));
  return {
    reached: [
      ...first.filter((line) => /^(shm|queue|semaphore|posix-queue|file) /.test(line)),
      ...second.filter((line) => line.includes(text)),
      ...(machine.includes(key.toString(16)) ? ["it stands in the machine's table"] : []),
    ],
    control: isSeenAgain ? 'its own memory, semaphore and queue are seen again' : undefined,
    refusal: 'none of the neighbour’s is seen',
  };
});

technique('abstract unix sockets of another sandbox', { reference: 'unix(7), network_namespaces(7)' }, async (viewpoint) => {
  const listen = (name: string): string =>
    `perl -MSocket -e 'socket(my $s, AF_UNIX, SOCK_STREAM, 0); bind($s, pack("S a*", 1, "\\0${name}")) or die "$!"; listen($s, 5); alarm 20; while (accept(my $c, $s)) { syswrite $c, "${name}" }' > /dev/null 2>&1 < /dev/null &`;
  const [there, here] = [`there-${process.pid}`, `here-${process.pid}`];
  await grounds.neighbour.run(`${listen(there)} sleep 0.3`);
  await grounds.sandbox.run(`${listen(here)} sleep 0.3`);
  const lines = await grounds.lines(
    viewpoint,
    `${root}
     for name in ${there} ${here}; do
       chroot $root /usr/bin/perl -MSocket -e 'socket(my $s, AF_UNIX, SOCK_STREAM, 0); if (connect($s, pack("S a*", 1, "\\0$ARGV[0]"))) { sysread $s, my $got, 100; print "got $got\\n" } else { print "refused $!\\n" }' $name
     done
     grep -o '@there-.*' /proc/net/unix`,
  );
  return {
    reached: lines.filter((line) => line.includes(there)),
    control: lines.includes(`got ${here}`) ? 'one of its own sandbox answers' : undefined,
    refusal: lines.find((line) => line.startsWith('refused'))?.slice(8) ?? '',
  };
});

technique("a neighbour's cgroup", { reference: 'cgroups(7)' }, async (viewpoint) => {
  const { sandbox, neighbour } = grounds;
  const limit = async (): Promise<string> =>
    readFile(`/sys/fs/cgroup/pids${neighbour.cgroup}/pids.max`, 'utf8').catch(() => readFile(`/sys/fs/cgroup${neighbour.cgroup}/pids.max`, 'utf8'));
  const before = await limit();
  const lines = await grounds.lines(
    viewpoint,
    `top=/sys/fs/cgroup; [ -d /host/sys/fs/cgroup ] && top=/host/sys/fs/cgroup
     for base in $top $top/pids $top/memory $top/freezer $top/.. $top/pids/.. /tmp/cg; do
       for path in "${neighbour.cgroup}" "/..${neighbour.cgroup}" "/../..${neighbour.cgroup}" "/../${neighbour.parts.dockerHost.id}"; do
         [ -e "$base$path" ] && echo "found $base$path"
         for file in cgroup.procs pids.max freezer.state cgroup.freeze memory.limit_in_bytes; do (echo 1 > "$base$path/$file") 2> /dev/null && echo "wrote $base$path/$file"; done
       done
     done
     own=$top/pids; [ -d $own ] || own=$top; mkdir $own/probe-$$ && [ -e $own/probe-$$/cgroup.procs ] && echo control: made; rmdir $own/probe-$$
     grep -l "${neighbour.parts.dockerHost.id}" /proc/self/cgroup /proc/self/mountinfo /proc/1/cgroup`,
  );
  return {
    reached: [...lines.filter((line) => /^(found|wrote|\/proc)/.test(line)), ...((await limit()) === before ? [] : ["the neighbour's limit has changed"])],
    control: lines.includes('control: made') && sandbox.cgroup !== neighbour.cgroup ? 'it makes a cgroup below its own' : undefined,
    refusal: 'there is no path to it',
  };
});
