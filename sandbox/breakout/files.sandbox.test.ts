import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, succeeds } from '../host/run.ts';
import type { TestSandbox } from '../testing/test-bench.ts';
import { viewpoints } from '../testing/viewpoints.ts';
import { useGrounds, withAndWithoutFilter } from './grounds.ts';
import { answersIn, findProbes, runOnMachine } from './programs.ts';
import { technique } from './technique.ts';

const grounds = useGrounds({ probes: ['file-handles', 'pool-calls'], withNeighbour: true, withUnfiltered: true });

/** Text that can only have come from where it was put. */
const canary = (): string => `canary-${randomBytes(8).toString('hex')}`;

technique(
  "the machine's files by any root, directory or open file that a process shows",
  { reference: 'proc(5)', viewpoints: withAndWithoutFilter },
  async (viewpoint) => {
    const [text, own] = [canary(), canary()];
    const folder = await mkdtemp(join(tmpdir(), 'schott-canary-'));
    try {
      await chmod(folder, 0o755);
      await writeFile(join(folder, 'secret'), text, { mode: 0o644 });
      const lines = await grounds.lines(
        viewpoint,
        `mkdir -p ${folder}.control && echo ${own} > ${folder}.control/secret && chmod 600 ${folder}.control/secret
       for root in '' /host /proc/[0-9]*/root /proc/[0-9]*/cwd /proc/[0-9]*/cwd/../../../../../../.. /proc/[0-9]*/fd/[0-9]* /proc/[0-9]*/task/[0-9]*/root /proc/[0-9]*/map_files/*; do
         cat "$root${folder}/secret" "$root${folder}.control/secret" 2> /dev/null
       done | sort -u`,
      );
      return {
        reached: lines.filter((line) => line !== own),
        control: lines.includes(own) ? 'reads its own in the same way' : undefined,
        refusal: 'no way leads to it',
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);

technique("the keeper's and the engine's socket and folders", {}, async (viewpoint) => {
  const { runDirectory, engineSocket, keeperSocket, dataDirectory } = grounds.bench.place.instance;
  await stat(engineSocket);
  const lines = await grounds.lines(
    viewpoint,
    `for root in '' /host /proc/[0-9]*/root; do
       for path in ${runDirectory} ${engineSocket} ${keeperSocket} ${dataDirectory}; do [ -e "$root$path" ] && echo "found $path"; done
       [ -S "$root/run/docker.sock" ] && echo control: the nested engine has one
     done | sort -u`,
  );
  return {
    reached: lines.filter((line) => line.startsWith('found ')),
    control: lines.find((line) => line.startsWith('control: '))?.slice(9),
    refusal: 'not there',
  };
});

technique(
  "files past every path: a neighbour's, the machine's, the pool's, other cgroups",
  { reference: 'open_by_handle_at(2), "shocker"', viewpoints: withAndWithoutFilter },
  async (viewpoint) => {
    const { instance } = grounds.bench.place;
    await grounds.neighbour.run('echo of a neighbour > /root/handle');
    const targets = [
      `${await diskOf(grounds.neighbour)}/root/handle`,
      '/etc/passwd',
      instance.poolDirectory,
      join(instance.poolDirectory, 'engine'),
      `${(await succeeds('test', ['-e', '/sys/fs/cgroup/pids'])) ? '/sys/fs/cgroup/pids' : '/sys/fs/cgroup'}${instance.cgroupParent}`,
    ];
    const handles = await Promise.all(targets.map((target) => runOnMachine('file-handles', ['name', target])));
    const [first = ''] = handles;
    // The machine's root opens them; it has to look through the pool's mount.
    const onMachine = await runOnMachine('file-handles', ['open', ...first.trim().split(' ')]);
    const lines = await grounds.lines(viewpoint, `${findProbes}\n${handles.map((handle) => `$probes/file-handles open ${handle.trim()}`).join('\n')}`);
    return {
      reached: lines.filter((line) => line.startsWith('opened ')),
      control: onMachine.includes(`${instance.poolDirectory} of a neighbour`) ? "the machine's root opens the neighbour's file by it" : undefined,
      refusal: lines.filter((line) => /^E[A-Z]+ \d+$/.test(line)).join(', '),
    };
  },
);

technique(
  "the pool past its files: trees, other sandboxes' disks, quotas, size",
  { reference: 'btrfs-ioctl(3)', viewpoints: withAndWithoutFilter },
  async (viewpoint) => {
    const here = answersIn(
      await viewpoint.run(
        grounds.sandbox,
        `${findProbes}\ndisk=/; [ -d /host/etc ] && disk=/host\n$probes/pool-calls $disk ${await subvolumeOf(grounds.neighbour)}`,
      ),
    );
    const machine = answersIn(await runOnMachine('pool-calls', [grounds.bench.place.instance.poolDirectory]));
    const calls = [...here].filter(([call]) => call !== 'facts');
    if (calls.length < 10) throw new Error('Cannot judge the pool: the probe said too little');
    // What is refused to the machine's root as well, for want of something else, decides nothing.
    if (!(await succeeds('test', ['-d', await diskOf(grounds.neighbour)]))) throw new Error('The neighbour has no disk any more');
    const works = [...machine].filter(([, answer]) => answer !== 'EPERM').length;
    return {
      reached: calls.filter(([, answer]) => answer !== 'EPERM' && answer !== 'EACCES').map(([call, answer]) => `${call} ${answer}`),
      control: works > 10 ? `${works} calls get further as the machine's root` : undefined,
      refusal: `EPERM for all ${calls.length}`,
    };
  },
);

technique("a disk of one's own without a quota: a btrfs subvolume", { reference: 'btrfs-ioctl(3)', viewpoints: viewpoints.slice(0, 1) }, async () => {
  const ask = (call: string, argument: string): string =>
    `perl -e 'open my $directory, "<", "/root"; my $argument = ${argument}; print ioctl($directory, ${call}, $argument) ? "made\n" : "$!\n"'`;
  const named = 'pack("q a4088", fileno($directory), "free")';
  const namedV2 = 'pack("q Q Q x32 a4040", fileno($directory), 0, 0, "free")';
  // The kernel ignores the upper half of the number. The last one only reads a directory's flags: it shows that the calls are made as they must be.
  const calls = [
    ['0x50009401', named],
    ['0x5000940e', named],
    ['0x50009417', namedV2],
    ['0x50009418', namedV2],
    ['0x15000940e', named],
    ['0x80086601', '"\\0" x 8'],
  ] as const;
  const { output } = await grounds.sandbox.run(calls.map(([call, argument]) => ask(call, argument)).join('\n'));
  const answers = output.trim().split('\n');
  const asked = answers.slice(0, -1);
  return {
    reached: asked.length === calls.length - 1 ? asked.filter((answer) => answer !== 'Operation not permitted') : ['an answer is missing'],
    control: answers.at(-1) === 'made' ? "reads a directory's flags in the same way" : undefined,
    refusal: asked[0],
  };
});

technique(
  'a set-user-id program, a program with capabilities and a device left on the pool, for a user of the machine',
  { reference: 'execve(2), capabilities(7)', viewpoints: viewpoints.slice(0, 1) },
  async () => {
    const { sandbox, bench } = grounds;
    const { output } = await sandbox.run(
      `cd /usr/local/bin; cp /usr/bin/id left-id; cp /opt/pool-calls left; cp /opt/pool-calls able; chmod 4755 left-id left; setcap cap_sys_admin+ep able
       mknod disk c 1 1 2> /dev/null; su dev -c "/usr/local/bin/left-id --user"`,
    );
    const folder = `${await diskOf(sandbox)}/usr/local/bin`;
    const asNobody = (command: readonly string[]): Promise<boolean> =>
      // Not setpriv itself: it keeps its capabilities until it has found the program.
      succeeds('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', 'sh', '-c', 'exec "$@"', 'sh', ...command]);
    const facts = await stat(join(folder, 'left'));
    const reached: string[] = [];
    for (const [what, command] of [
      ['ran the set-user-id program', [join(folder, 'left'), '/tmp']],
      ['ran the program with capabilities', [join(folder, 'able'), '/tmp']],
      ['listed the folder', ['ls', folder]],
      ['listed the engine', ['ls', join(bench.place.instance.poolDirectory, 'engine')]],
      ['opened the device', ['head', '-c1', join(folder, 'disk')]],
    ] as const) {
      if (await asNobody(command)) reached.push(what);
    }
    if (facts.uid === 0) reached.push("the set-user-id program belongs to the machine's root");
    const isLeft = (facts.mode & 0o4000) !== 0 && (await asNobody(['true'])) && (await succeeds(join(folder, 'left'), ['/tmp']));
    return {
      reached,
      control: isLeft && output.trim().endsWith('0') ? "works inside; the machine's root can run it" : undefined,
      refusal: 'EACCES: the folders above belong to root, mode 0710',
    };
  },
);

/** Folder of a Docker host's disk on the pool. */
async function diskOf(sandbox: TestSandbox): Promise<string> {
  const folder = join(grounds.bench.place.instance.poolDirectory, (await rootMountOf(sandbox)).split(' ')[3] ?? '');
  await run('test', ['-d', join(folder, 'usr')]);
  return folder;
}

/** Number by which btrfs knows a Docker host's disk. */
async function subvolumeOf(sandbox: TestSandbox): Promise<string> {
  const id = /subvolid=(\d+)/.exec(await rootMountOf(sandbox))?.[1];
  if (id === undefined) throw new Error('Cannot name the disk of a sandbox: it is no subvolume');
  return id;
}

/** Its line in mountinfo. */
async function rootMountOf({ parts }: TestSandbox): Promise<string> {
  const mounts = await readFile(`/proc/${parts.dockerHostPid}/mountinfo`, 'utf8');
  return mounts.split('\n').find((line) => line.split(' ')[4] === '/') ?? '';
}
