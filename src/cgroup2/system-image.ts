import { access, copyFile, mkdir, mkdtemp, readdir, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHash } from '#sandbox/images/content-hash.ts';
import { cacheDirectory } from '#sandbox/host/instance.ts';
import { run } from '#sandbox/host/run.ts';

/** A machine's disk and what starts it. */
export interface SystemImage {
  readonly disk: string;
  readonly kernel: string;
  readonly initialRamDisk: string;
}

const suite = 'trixie';
const diskBytes = 32 * 1024 ** 3;
const unit = join(import.meta.dirname, 'guest/schott-tests.service');

/** A Debian server as its installer leaves it, with Docker, and what the project installs by itself where there is a network (sandbox/host/packages.ts). */
const packages = [
  'linux-image-cloud-amd64',
  'systemd-sysv',
  'udev',
  'dbus',
  'kmod',
  'apparmor',
  'nodejs',
  'docker.io',
  'docker-cli',
  'containerd',
  'runc',
  'iptables',
  'btrfs-progs',
  'mmdebstrap',
  'uidmap',
  'jq',
  'iproute2',
  'util-linux',
  'passwd',
  'procps',
  'gcc',
  'libc6-dev',
] as const;

/** The system of the virtual machine: made from Debian's packages once, then reused by content. `onLine` gets what takes time. */
export async function ensureSystemImage(onLine: (line: string) => void): Promise<SystemImage> {
  const name = `cgroup2-${await contentHash([unit], [suite, ...packages])}`;
  const target = join(cacheDirectory, name);
  const image = { disk: join(target, 'disk.img'), kernel: join(target, 'vmlinuz'), initialRamDisk: join(target, 'initrd.img') };
  const isThere = await access(image.disk).then(
    () => true,
    () => false,
  );
  if (isThere) return image;
  await mkdir(cacheDirectory, { recursive: true });
  const work = await mkdtemp(join(cacheDirectory, 'making-cgroup2-'));
  try {
    const root = join(work, 'root');
    onLine(`installing Debian ${suite} (${packages.length} packages and what they need)`);
    await run('mmdebstrap', [
      '--variant=minbase',
      `--include=${packages.join(',')}`,
      '--dpkgopt=path-exclude=/usr/share/doc/*',
      '--dpkgopt=path-exclude=/usr/share/man/*',
      suite,
      root,
    ]);
    await finish(root);
    for (const file of await readdir(join(root, 'boot'))) {
      const part = /^(vmlinuz|initrd\.img)-/.exec(file)?.[1];
      if (part !== undefined) await copyFile(join(root, 'boot', file), join(work, part));
    }
    onLine('making its disk');
    const disk = join(work, 'disk.img');
    await writeFile(disk, '');
    await truncate(disk, diskBytes);
    // Filled without being mounted, so that nothing can stay mounted.
    await run('mkfs.ext4', ['-q', '-L', 'root', '-d', root, disk]);
    await rm(root, { recursive: true });
    await removeOlder();
    await rename(work, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return image;
}

/** What an installer would ask for, and the service that runs the tests. */
async function finish(root: string): Promise<void> {
  await writeFile(join(root, 'etc/hostname'), 'cgroup2\n');
  await writeFile(join(root, 'etc/hosts'), '127.0.0.1 localhost\n127.0.1.1 cgroup2\n');
  await writeFile(join(root, 'etc/fstab'), 'LABEL=root / ext4 defaults 0 1\n');
  await copyFile(unit, join(root, 'etc/systemd/system/schott-tests.service'));
  await run('chroot', [root, 'systemctl', 'enable', 'schott-tests.service']);
}

/** A gibibyte each: only the current one is worth its place. */
async function removeOlder(): Promise<void> {
  for (const name of await readdir(cacheDirectory)) {
    if (/^cgroup2-[0-9a-f]{16}$/.test(name)) await rm(join(cacheDirectory, name), { recursive: true, force: true });
  }
}
