import { access, readFile } from 'node:fs/promises';
import { run } from './run.ts';

/** A program the machine needs, and the Debian package that brings it. */
const programs: ReadonlyArray<{ path: readonly string[]; package: string }> = [
  { path: ['/usr/sbin/dockerd', '/usr/bin/dockerd'], package: 'docker.io' },
  { path: ['/usr/sbin/runc', '/usr/bin/runc'], package: 'runc' },
  { path: ['/usr/sbin/iptables', '/usr/bin/iptables'], package: 'iptables' },
  { path: ['/usr/bin/mkfs.btrfs', '/usr/sbin/mkfs.btrfs', '/sbin/mkfs.btrfs'], package: 'btrfs-progs' },
  { path: ['/usr/bin/mmdebstrap'], package: 'mmdebstrap' },
  { path: ['/usr/bin/newuidmap'], package: 'uidmap' },
  { path: ['/usr/bin/jq'], package: 'jq' },
  { path: ['/usr/bin/ip', '/usr/sbin/ip', '/sbin/ip'], package: 'iproute2' },
  { path: ['/usr/bin/nsenter'], package: 'util-linux' },
  { path: ['/usr/sbin/useradd'], package: 'passwd' },
  { path: ['/usr/bin/gcc'], package: 'gcc' },
  { path: ['/usr/include/stdio.h', '/usr/include/x86_64-linux-gnu/stdio.h'], package: 'libc6-dev' },
];

/** Packages for programs that are not there, in no particular order. An engine that is there already, from wherever, is used as it is. */
export async function missingPackages(): Promise<string[]> {
  const missing = await Promise.all(programs.map(async (program) => ((await anyExists(program.path)) ? [] : [program.package])));
  return missing.flat();
}

/** Can packages be installed here? (root on Debian or a system like it) */
export async function canInstallPackages(): Promise<boolean> {
  return process.getuid?.() === 0 && (await anyExists(['/usr/bin/apt-get']));
}

/** Installs Debian packages; `onLine` gets what apt says. */
export async function installPackages(packages: readonly string[], onLine: (line: string) => void): Promise<void> {
  const environment = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { onLine, environment });
  await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { onLine, environment });
}

/** "Debian GNU/Linux 12 (bookworm)", or what else the system calls itself. */
export async function systemName(): Promise<string> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^PRETTY_NAME="?([^"\n]*)/m.exec(release)?.[1] ?? 'this system';
}

async function anyExists(paths: readonly string[]): Promise<boolean> {
  for (const path of paths) {
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return true;
  }
  return false;
}
