import { access, readFile, readdir } from 'node:fs/promises';
import { arch, release } from 'node:os';
import type { Need } from '#lab';
import type { Capabilities } from '#protocol/keeper.ts';

/** What this machine's kernel offers to sandboxes. Only looks; changes nothing. */
export async function probeCapabilities(): Promise<Capabilities> {
  const [lsm, filesystems, version] = await Promise.all([
    readFile('/sys/kernel/security/lsm', 'utf8').catch(() => ''),
    readFile('/proc/filesystems', 'utf8').catch(() => ''),
    cgroupVersion(),
  ]);
  return {
    cgroupVersion: version,
    controllers: version === 2 ? await unifiedControllers() : await legacyControllers(),
    userNamespaces: await hasUserNamespaces(),
    btrfs: /\bbtrfs$/m.test(filesystems) || (await moduleExists('btrfs')),
    kvm: await exists('/dev/kvm'),
    appArmor: lsm.split(',').includes('apparmor') || (await readFile('/sys/module/apparmor/parameters/enabled', 'utf8').catch(() => 'N')).startsWith('Y'),
    selinux: lsm.split(',').includes('selinux') && (await exists('/sys/fs/selinux/enforce')),
    architecture: arch(),
    kernel: release(),
  };
}

/** Is `need` met on a machine with these capabilities? */
export function meets(capabilities: Capabilities, need: Need): boolean {
  switch (need) {
    case 'memory':
    case 'cpu':
    case 'pids':
      return capabilities.controllers.includes(need);
    case 'disk':
      return capabilities.btrfs;
    case 'apparmor':
      return capabilities.appArmor;
    case 'selinux':
      return capabilities.selinux;
  }
}

async function cgroupVersion(): Promise<1 | 2> {
  return (await exists('/sys/fs/cgroup/cgroup.controllers')) ? 2 : 1;
}

async function unifiedControllers(): Promise<string[]> {
  return (await readFile('/sys/fs/cgroup/cgroup.controllers', 'utf8')).trim().split(/\s+/);
}

async function legacyControllers(): Promise<string[]> {
  const mounted = await readdir('/sys/fs/cgroup').catch(() => []);
  return mounted.flatMap((name) => name.split(','));
}

async function hasUserNamespaces(): Promise<boolean> {
  const limit = await readFile('/proc/sys/user/max_user_namespaces', 'utf8').catch(() => '0');
  return Number(limit) > 0 && (await exists('/proc/self/ns/user'));
}

async function moduleExists(name: string): Promise<boolean> {
  const list = await readFile(`/lib/modules/${release()}/modules.dep`, 'utf8').catch(() => '');
  return new RegExp(`/${name}\\.ko`).test(list);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
