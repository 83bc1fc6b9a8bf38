import { readFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import tar from 'tar-stream';
import { putFiles } from '../engine/archive.ts';
import { viewpoints } from '../testing/viewpoints.ts';
import { useGrounds, withAndWithoutFilter } from './grounds.ts';
import { technique } from './technique.ts';

const grounds = useGrounds({ probes: [], withUnfiltered: true });

/** Kind and numbers of devices, as mknod takes them (admin-guide/devices.txt of the kernel). */
const devices: ReadonlyArray<readonly [title: string, nodes: () => Promise<readonly string[]>]> = [
  ["the machine's disks by device nodes of one's own", disksOfTheMachine],
  ['a loop device, by its number and by loop-control', () => Promise.resolve(['c 10 237', ...range(16).map((number) => `b 7 ${number}`)])],
  ['a network block device', () => Promise.resolve(range(4).map((number) => `b 43 ${number}`))],
  ['memory, ports and registers', () => Promise.resolve(['c 1 1', 'c 1 2', 'c 1 4', 'c 1 11', 'c 202 0'])],
  [
    'drivers: KVM, FUSE, device mapper, btrfs, tun, vhost, suspend, watchdog, input, console',
    () =>
      Promise.resolve(
        ['10 232', '10 229', '10 236', '10 234', '10 200', '10 238', '10 241', '10 231', '10 130', '10 223', '4 0', '4 1', '5 1'].map(
          (numbers) => `c ${numbers}`,
        ),
      ),
  ],
];

for (const [title, nodes] of devices) {
  technique(title, { reference: 'mknod(2)', viewpoints: withAndWithoutFilter }, async (viewpoint) => {
    const lines = await grounds.lines(
      viewpoint,
      `mkdir -p /tmp/probe
       mount -t tmpfs -o dev probe /tmp/probe && echo control: mounted a tmpfs
       mknod /tmp/probe/control c 0 0 && echo control: made an empty node
       ${(await nodes()).map(tryDevice).join('\n')}
       umount /tmp/probe`,
    );
    const controls = lines.filter((line) => line.startsWith('control: '));
    return {
      reached: lines.filter((line) => /^(made|opened|mounted) /.test(line)),
      control: controls.length === 2 ? controls.map((line) => line.slice(9)).join(', ') : undefined,
      refusal: lines.find((line) => line.startsWith('mknod: '))?.replace(/^mknod: [^:]*: /, 'mknod: '),
    };
  });
}

technique('device nodes that are there already', {}, async (viewpoint) => {
  const lines = await grounds.lines(
    viewpoint,
    `for directory in /dev /host/dev; do [ -d $directory ] && find $directory -type b -o -type c -exec stat -c '%t:%T %n' {} ';'; done`,
  );
  // Pseudoterminals (major 136) are the sandbox's own: each devpts has its own numbers.
  const harmless = /^(1:3|1:5|1:7|1:8|1:9|5:0|5:2|88:[0-9a-f]+) /;
  return {
    reached: lines.filter((line) => !harmless.test(line)),
    control: lines.some((line) => line.startsWith('1:3 ')) ? 'found null' : undefined,
    refusal: 'none but null, zero, full, random, urandom, tty and ptmx',
  };
});

technique('a device node that comes with an image', { reference: 'image-spec, layer.md', viewpoints: viewpoints.slice(0, 1) }, async () => {
  const [disk = ''] = await disksOfTheMachine();
  const [, major = 0, minor = 0] = disk.split(' ').map(Number);
  const archive = async (header: Partial<tar.Header>): Promise<Uint8Array> => {
    const pack = tar.pack();
    pack.entry({ name: 'file', mode: 0o666 }, 'plain');
    pack.entry({ name: 'disk', mode: 0o666, ...header });
    pack.finalize();
    return buffer(pack.pipe(new PassThrough()));
  };
  const { sandbox } = grounds;
  await putFiles(sandbox.parts.dockerHost, '/tmp', [
    { name: 'with.tar', content: await archive({ type: 'block-device', devmajor: major, devminor: minor }) },
    { name: 'without.tar', content: await archive({ type: 'fifo' }) },
  ]);
  const look = (image: string, path: string): string =>
    `docker run --rm --privileged --network none --volume /bin/busybox:/busybox --entrypoint /busybox probe/${image} dd if=${path} bs=1 count=1 of=/dev/null && echo "read ${image}"`;
  const { output } = await sandbox.run(
    `exec 2>&1; for name in with without; do docker import /tmp/$name.tar probe/$name; done
     ${look('without', '/file')}
     ${look('with', '/disk')}`,
  );
  return {
    reached: output.includes('read with\n') ? ['the disk'] : [],
    control: output.includes('read without\n') ? 'a plain file of an image can be read' : undefined,
    refusal: lastLine(output),
  };
});

/** File systems with which the kernel lets the root of a user namespace begin something; each shows what is of that namespace. */
const ownFileSystems = ['sysfs', 'tmpfs', 'proc', 'cgroup', 'cgroup2', 'cpuset', 'binfmt_misc', 'ramfs', 'devpts', 'mqueue', 'overlay', 'fuse'];

technique(
  'file systems that speak for the machine: devtmpfs, debugfs, tracefs, securityfs, bpf, pstore, …',
  { reference: 'mount(2)', viewpoints: withAndWithoutFilter },
  async (viewpoint) => {
    const lines = await grounds.lines(
      viewpoint,
      `mkdir -p /tmp/probe
     for type in $(sed 's/^nodev//' /proc/filesystems) debugfs tracefs configfs efivarfs 9p virtiofs nfs; do
       if message=$(mount -t $type none /tmp/probe 2>&1); then echo "mounted $type"; umount /tmp/probe; else echo "$message"; fi
     done`,
    );
    const mounted = lines.flatMap((line) => /^mounted (.*)/.exec(line)?.[1] ?? []);
    return {
      reached: mounted.filter((type) => !ownFileSystems.includes(type)),
      control: mounted.includes('tmpfs') ? `mounted ${[...new Set(mounted)].join(' ')}` : undefined,
      refusal: lines.find((line) => line.startsWith('mount: permission')),
    };
  },
);

technique(
  "the pool's file system mounted anew, read-only or with other options",
  { reference: 'mount(2), MS_REMOUNT', viewpoints: withAndWithoutFilter },
  async (viewpoint) => {
    const lines = await grounds.lines(
      viewpoint,
      `disk=/; [ -d /host/etc ] && disk=/host
     mkdir -p /tmp/probe
     mount -t tmpfs probe /tmp/probe && mount -o remount,ro probe /tmp/probe && echo control: mounted a tmpfs of its own anew; umount /tmp/probe
     mount -o remount,ro none $disk 2>&1 && echo reached read-only
     mount -o remount,rw,subvolid=5 none $disk 2>&1 && echo reached the root of the pool`,
    );
    return {
      reached: lines.filter((line) => line.startsWith('reached ')),
      control: lines.find((line) => line.startsWith('control: '))?.slice(9),
      refusal: lines.find((line) => line.startsWith('mount: ')),
    };
  },
);

technique("settings of the machine's devices and kernel in /sys", { reference: 'sysfs(5)', viewpoints: withAndWithoutFilter }, async (viewpoint) => {
  // Devices of its own network namespace are its own to set. All cgroups are another technique's.
  const lines = await grounds.lines(
    viewpoint,
    `find /sys -path /sys/fs/cgroup -prune -o -type f -perm /222 -print | while read file; do (exec 3<> "$file" || exec 3> "$file") 2> /dev/null && echo "$file"; done`,
  );
  const own = lines.filter((line) => /^\/sys\/devices\/(virtual|.*)\/net\//.test(line));
  return {
    reached: lines.filter((line) => !own.includes(line)),
    control: own.length > 0 ? `${own.length} files of its own network devices can be written` : undefined,
    refusal: 'all others: EACCES',
  };
});

async function disksOfTheMachine(): Promise<string[]> {
  const rows = (await readFile('/proc/partitions', 'utf8')).trim().split('\n').slice(2);
  if (rows.length === 0) throw new Error('Cannot try disks: the machine shows none');
  return rows.map((row) => `b ${row.trim().split(/\s+/).slice(0, 2).join(' ')}`);
}

/** Where the nodes are made matters to the kernel: an own tmpfs ignores devices, the disk of the Docker host does not. */
function tryDevice(node: string): string {
  return `for place in /tmp/probe /root /dev /host/root; do
    [ -d $place ] && mknod $place/probe-device ${node} && { echo "made ${node} in $place"; head -c 1 $place/probe-device > /dev/null && echo "opened ${node} in $place"; mount -o ro $place/probe-device /mnt && echo "mounted ${node}"; rm -f $place/probe-device; }
  done`;
}

const range = (length: number): number[] => Array.from({ length }, (_, index) => index);

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';
