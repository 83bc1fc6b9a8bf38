import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { keepQuotasHolding } from '../host/disk-quotas.ts';
import { useGrounds } from './grounds.ts';
import { technique } from './technique.ts';
import { fromTheHost } from './traps.ts';

const grounds = useGrounds({ probes: ['take'], withNeighbour: true });

/** Takes so many on a Docker host and holds them while `meanwhile` runs. Says how many it got, and what they cost there. */
async function holding<T>(what: string, count: number, meanwhile: () => Promise<T>): Promise<{ got: string; chargedMiB: number; result: T }> {
  const { sandbox } = grounds;
  const before = await memoryOf(sandbox.cgroup);
  const { output } = await sandbox.run(
    `rm -f /tmp/taken; (setsid /opt/take ${what} ${count} 60 > /tmp/taken 2>&1 < /dev/null &); for i in $(seq 400); do [ -s /tmp/taken ] && break; sleep 0.1; done; cat /tmp/taken`,
  );
  const after = await memoryOf(sandbox.cgroup);
  try {
    return { got: output.trim(), chargedMiB: Math.round((after - before) / 1024 ** 2), result: await meanwhile() };
  } finally {
    await sandbox.run('pkill -KILL -x take; sleep 0.5');
  }
}

/** What the whole Docker host is charged for, in bytes, when it does not change any more: what was let go is given back little by little. */
async function memoryOf(cgroup: string): Promise<number> {
  let last = await chargedTo(cgroup);
  for (let tries = 0, still = 0; tries < 30 && still < 5; tries++) {
    await sleep(200);
    const now = await chargedTo(cgroup);
    still = Math.abs(now - last) < 1024 ** 2 ? still + 1 : 0;
    last = now;
  }
  return last;
}

/** The cgroup's file on the machine, v1 or v2. */
async function chargedTo(cgroup: string): Promise<number> {
  const files = [`/sys/fs/cgroup/memory${cgroup}/memory.usage_in_bytes`, `/sys/fs/cgroup${cgroup}/memory.current`];
  for (const file of files) {
    const content = await readFile(file, 'utf8').catch(() => undefined);
    if (content !== undefined) return Number(content);
  }
  throw new Error(`Cannot read ${files.join(' or ')}`);
}

/** Can the neighbour still take a hundred of them, and start a container? */
async function neighbourTakes(what: string): Promise<string[]> {
  const { output } = await grounds.neighbour.run(
    `setsid timeout 20 sh -c '/opt/take ${what} 100 0' 2> /dev/null < /dev/null | cat; docker run --rm lab/bb echo alive`,
  );
  const lines = output.trim().split('\n');
  return [
    ...(lines.includes('100') ? [] : [`the neighbour gets ${lines[0]} ${what}`]),
    ...(lines.includes('alive') ? [] : [`the neighbour cannot start a container: ${lines.at(-1)}`]),
  ];
}

/** More than the kernel's usual limit for a user, or for the machine. */
const shared: ReadonlyArray<readonly [what: string, count: number, reference: string]> = [
  ['terminals', 70_000, 'pty(7), kernel.pty.max'],
  ['watches', 200_000, 'inotify(7), max_user_watches'],
  ['asynchronous', 150_000, 'io_setup(2), fs.aio-max-nr'],
  ['files', 250_000, 'proc_sys_fs(5), file-max'],
];

for (const [what, count, reference] of shared) {
  technique(`take ${count.toLocaleString('en')} ${what}, so that nobody else gets any`, { ...fromTheHost, reference }, async () => {
    const { got, chargedMiB, result } = await holding(what, count, () => neighbourTakes(what));
    return {
      reached: [...result, ...(chargedMiB < 4 ? [`they are not charged to the sandbox: ${chargedMiB} MiB`] : [])],
      control: Number.parseInt(got, 10) > count / 2 ? `${got} taken` : undefined,
      refusal: `the neighbour gets its hundred; ${chargedMiB} MiB are charged to the sandbox`,
    };
  });
}

technique(
  'take 100,000 UTS namespaces, so that nobody else gets any',
  { ...fromTheHost, reference: 'user_namespaces(7), user.max_uts_namespaces' },
  async () => {
    const most = Number(await readFile('/proc/sys/user/max_uts_namespaces', 'utf8'));
    // The machine's root may lack CAP_SYS_RESOURCE, e.g. in a container itself; then the limit stays, and all sandboxes share it with the machine.
    const isRaised = most > 1_000_000;
    const { got, result } = await holding('names', 100_000, () => neighbourTakes('names'));
    const afterwards = await neighbourTakes('names');
    return {
      reached: [...(isRaised ? result : []), ...afterwards],
      control: Number.parseInt(got, 10) > Math.min(50_000, most / 2) ? `${got} taken` : undefined,
      refusal: isRaised
        ? 'the neighbour gets its hundred'
        : `only afterwards: the limit of ${most} cannot be raised on this machine, and meanwhile ${result.join('; ').slice(0, 80)}`,
    };
  },
);

technique("take all pages for pipes, so that others' pipes hold nothing", { ...fromTheHost, reference: 'pipe(7), pipe-user-pages-soft' }, async () => {
  const size = 'perl -e \'pipe my $out, my $in; print fcntl($in, 1032, 0), "\\n"\'';
  const { got, chargedMiB, result } = await holding('pipes', 4000, () => grounds.neighbour.run(size));
  return {
    reached: [
      ...(result.output.trim() === '65536' ? [] : [`a pipe of the neighbour's holds ${result.output.trim()} bytes`]),
      ...(chargedMiB < 200 ? [`only ${chargedMiB} MiB are charged`] : []),
    ],
    control: got === '4000' ? '4,000 pipes of 64 KiB filled, four times the usual limit' : undefined,
    refusal: `the neighbour's pipes hold 65,536 bytes; ${chargedMiB} MiB are charged to the sandbox`,
  };
});

technique('fill the table of connections', { ...fromTheHost, reference: 'nf_conntrack-sysctl.rst, nf_conntrack_max' }, async () => {
  const { sandbox, neighbour } = grounds;
  await neighbour.run('docker run --detach --name web --publish 8080:80 lab/bb httpd -f -p 80');
  await sandbox.run('docker run --detach --name web --publish 8080:80 lab/bb httpd -f -p 80; echo 600 > /proc/sys/net/netfilter/nf_conntrack_udp_timeout');
  const most = Number((await readFile('/proc/sys/net/netfilter/nf_conntrack_max', 'utf8')).trim());
  const { chargedMiB, result } = await holding('connections', most + 20_000, async () => ({
    count: Number((await sandbox.run('cat /proc/sys/net/netfilter/nf_conntrack_count')).output),
    neighbours: (
      await neighbour.runOnAttacker(`curl --silent --max-time 3 --output /dev/null --write-out '%{http_code}' http://${neighbour.parts.address}:8080/`)
    ).output,
  }));
  await Promise.all([sandbox, neighbour].map((one) => one.run('docker rm --force web')));
  return {
    reached: [
      ...(result.neighbours === '404' ? [] : [`the neighbour's service answers ${result.neighbours}`]),
      ...(result.count > most ? [`${result.count} entries, more than ${most}`] : []),
    ],
    control: result.count > most * 0.9 ? `${result.count} entries, the most there may be` : undefined,
    refusal: `each network namespace has its own count; ${chargedMiB} MiB are charged to the sandbox`,
  };
});

technique('fill the table of neighbours, which all namespaces share', { ...fromTheHost, reference: 'arp(7), gc_thresh3' }, async () => {
  const { sandbox, neighbour } = grounds;
  const { output } = await sandbox.run(`
    ip address add 10.99.0.1/16 dev eth0
    perl -MSocket -e 'my @held; for my $i (1 .. 3000) {
      # What waits for an answer fills its socket.
      if ($i % 100 == 1) { socket(my $new, AF_INET, SOCK_DGRAM, 0); push @held, $new }
      send $held[-1], "x", 0x40, pack_sockaddr_in(9, inet_aton("10.99." . int($i / 250) . "." . ($i % 250 + 2))) }'
    ip neighbour show dev eth0 | grep -c '^10.99.'`);
  const { output: answer } = await neighbour.runOnAttacker(`curl --silent --max-time 2 http://${neighbour.parts.address}:1/; echo $?`);
  await neighbour.run('ip neighbour flush dev eth0');
  const { output: back } = await neighbour.run(
    'ping -c 1 -W 2 attacker > /dev/null 2>&1 || PATH=/usr/lib/schott/probe ping -c 1 -W 2 attacker > /dev/null && echo answered',
  );
  await sandbox.run('ip address delete 10.99.0.1/16 dev eth0');
  return {
    reached: [
      ...(answer.trim() === '7' ? [] : [`the neighbour's two halves do not reach each other: ${answer.trim()}`]),
      ...(back.includes('answered') ? [] : ['the neighbour finds nobody anew']),
    ],
    control: Number(output) > 1500 ? `${output.trim()} entries, more than the 1,024 that the whole machine usually has` : undefined,
    refusal: 'the neighbour still finds its other half',
  };
});

technique('leave datagrams unread', { ...fromTheHost, reference: 'udp(7), udp_mem' }, async () => {
  const { neighbour } = grounds;
  const { got, chargedMiB, result } = await holding('datagrams', 5000, () => neighbour.run('getent hosts attacker'));
  return {
    reached: result.exitCode === 0 ? [] : ['the neighbour can no longer resolve names'],
    control: got === '5000' ? '286 MiB taken' : undefined,
    refusal: `the neighbour still resolves names; ${chargedMiB} MiB are charged to the sandbox`,
  };
});

technique('fill the disk, and the log of a container on it', { ...fromTheHost, reference: 'btrfs-quota(8)' }, async () => {
  const { sandbox, neighbour, bench } = grounds;
  for (let round = 0; round < 3; round++) {
    await keepQuotasHolding(bench.place.instance);
    await sleep(300);
  }
  const { output } = await sandbox.run(
    `fallocate --length 5700M /root/big
     docker run --detach --name noisy lab/bb sh -c 'cat /dev/urandom | base64' > /dev/null
     dd if=/dev/urandom of=/root/rest bs=1M count=1000 2>&1`,
    110_000,
  );
  const { output: written } = await neighbour.run('dd if=/dev/urandom of=/root/own bs=1M count=20 conv=fsync 2>&1 && docker run --rm lab/bb echo alive');
  const log = await sandbox.run('stat --format %s $(docker inspect --format "{{.LogPath}}" noisy)');
  await sandbox.run('docker rm --force noisy; rm -f /root/big /root/rest');
  return {
    reached: written.includes('alive') ? [] : [`the neighbour: ${written.trim()}`],
    control: output.includes('Disk quota exceeded') ? `it runs into its quota, with a log of ${Math.round(Number(log.output) / 1024 ** 2)} MiB` : undefined,
    refusal: 'the neighbour still writes',
  };
});
