import type { KernelMount, KernelProcess, SandboxView } from '#lab';

/** A directory of a container and where the Docker host keeps it; `host` is undefined when it is on no disk the host shows. */
export interface MountedDirectory {
  readonly container: string;
  readonly host: string | undefined;
  readonly mount: KernelMount;
}

/** What processes see mounted, as the kernel tells it, without the kernel's own file systems and Docker's three files in /etc. */
export async function mountedDirectories(sandbox: SandboxView, processes: readonly KernelProcess[]): Promise<readonly MountedDirectory[]> {
  const { mounts: hostMounts } = await sandbox.hostProcess();
  const found = new Map<string, MountedDirectory>();
  for (const mount of processes.flatMap((process) => process.mounts)) {
    if (/^\/(proc|sys|dev)(\/|$)/.test(mount.target)) continue;
    if (['/etc/resolv.conf', '/etc/hostname', '/etc/hosts'].includes(mount.target)) continue;
    const host = hostDirectory(mount, hostMounts);
    found.set(`${mount.target} ${host}`, { container: mount.target, host, mount });
  }
  return [...found.values()];
}

/** Where a container's file lies on the Docker host: in the volume that covers it, or in the container's own layer. */
export function hostPathOf(path: string, directories: readonly MountedDirectory[]): string | undefined {
  const covering = directories.filter(({ container }) => isBelow(path, container)).toSorted((a, b) => b.container.length - a.container.length)[0];
  return covering?.host === undefined ? undefined : join(covering.host, pathBelow(path, covering.container));
}

/** Directories of the Docker host that hold all images and containers are not looked through. */
export function isTooLarge(hostDirectoryPath: string): boolean {
  return isBelow('/var/lib/docker', hostDirectoryPath);
}

export function isBelow(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`);
}

/** `a/b` for `/x/a/b` below `/x`. */
export function pathBelow(path: string, directory: string): string {
  return path.slice(directory.length).replace(/^\//, '');
}

export function join(directory: string, path: string): string {
  return path === '' ? directory : `${directory.replace(/\/$/, '')}/${path}`;
}

function hostDirectory(mount: KernelMount, hostMounts: readonly KernelMount[]): string | undefined {
  if (mount.type === 'overlay') {
    const upper = mount.superOptions.find((option) => option.startsWith('upperdir='))?.slice('upperdir='.length);
    return upper === undefined ? undefined : join(upper, pathBelow(mount.root, '/'));
  }
  const carrier = hostMounts
    .filter(({ device, root }) => device === mount.device && isBelow(mount.root, root))
    .toSorted((a, b) => b.root.length - a.root.length || a.target.length - b.target.length)[0];
  return carrier === undefined ? undefined : join(carrier.target, pathBelow(mount.root, carrier.root));
}
