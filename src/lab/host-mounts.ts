import type { KernelMount } from './sandbox.ts';

/** A mount through which a container sees something of the Docker host. */
export interface HostMount {
  /** Where the container sees it. */
  readonly target: string;
  /** What it is: a path on the Docker host, or type and source when it is not part of what the host has mounted. */
  readonly shows: string;
  readonly isReadOnly: boolean;
}

/**
 * The mounts of a container that are neither its own, nor Docker's usual equipment, nor a volume: whatever is not known to be harmless counts.
 * `dockerRoot` is the nested engine's data directory.
 */
export function hostMountsOf(mounts: readonly KernelMount[], hostMounts: readonly KernelMount[], dockerRoot: string): readonly HostMount[] {
  return mounts
    .map((mount) => ({ mount, hostPath: hostPathOf(mount, hostMounts) }))
    .filter(({ mount, hostPath }) => !isOwn(mount, hostPath) && !isDocker(mount, hostPath, dockerRoot))
    .map(({ mount, hostPath }) => ({
      target: mount.target,
      shows: hostPath ?? `${mount.type} ${mount.source}`,
      isReadOnly: mount.options.includes('ro') || mount.superOptions.includes('ro'),
    }));
}

/**
 * Path at which the Docker host sees what `mount` shows; undefined when the host has not mounted that file system.
 * Of several host mounts the one that shows most counts: `mount --bind /root /srv/data` on the host does not turn `/root` into `/srv/data`.
 */
function hostPathOf(mount: KernelMount, hostMounts: readonly KernelMount[]): string | undefined {
  const [widest] = hostMounts
    .filter((host) => host.device === mount.device && isBelow(mount.root, host.root))
    .toSorted((a, b) => a.root.length - b.root.length);
  if (widest === undefined) return undefined;
  const rest = widest.root === '/' ? mount.root : mount.root.slice(widest.root.length);
  const path = `${widest.target === '/' ? '' : widest.target}${rest === '/' ? '' : rest}`;
  return path === '' ? '/' : path;
}

/** Kernel interfaces and memory file systems that every container gets an instance of. */
function isOwn(mount: KernelMount, hostPath: string | undefined): boolean {
  switch (mount.type) {
    // Whose processes a /proc shows, and whose network a /sys, is the pid and network namespaces' business.
    case 'proc':
      return isBelow(mount.target, '/proc');
    case 'sysfs':
      return isBelow(mount.target, '/sys');
    case 'cgroup':
    case 'cgroup2':
      return isBelow(mount.target, '/sys/fs/cgroup');
    case 'overlay':
      return mount.target === '/';
    case 'devpts':
    case 'mqueue':
      return hostPath === undefined && isBelow(mount.target, '/dev');
    case 'tmpfs':
      return hostPath === undefined || isDevice(mount, hostPath);
    case 'devtmpfs':
      return isDevice(mount, hostPath);
    default:
      return false;
  }
}

/** In a user namespace device files cannot be made, so each one is a bind mount; /dev/null also masks files of /proc. */
function isDevice(mount: KernelMount, hostPath: string | undefined): boolean {
  const isDeviceFile =
    hostPath === undefined ? /^\/(null|zero|full|random|urandom|tty)$/.test(mount.root) : /^\/dev\/(?!shm|mqueue|pts)[a-z0-9]+$/.test(hostPath);
  return isDeviceFile && ['/dev', '/proc', '/sys'].some((directory) => isBelow(mount.target, directory));
}

/** What Docker itself brings in from the host's disk: name files, `--init`, volumes, and the root itself with storage drivers other than overlay2. */
function isDocker(mount: KernelMount, hostPath: string | undefined, dockerRoot: string): boolean {
  if (hostPath === undefined) return false;
  if (mount.target === '/sbin/docker-init') return /^\/usr\/.*\/(docker-init|tini-static)$/.test(hostPath);
  if (!isBelow(hostPath, dockerRoot)) return false;
  const path = hostPath.slice(dockerRoot.length);
  return (
    /^\/containers\/[0-9a-f]{64}\/(resolv\.conf|hostname|hosts)$/.test(path) ||
    /^\/volumes\/[^/]+\/_data(\/|$)/.test(path) ||
    (mount.target === '/' && /^\/(vfs\/dir|btrfs\/subvolumes)\/[0-9a-z-]+$/.test(path))
  );
}

function isBelow(path: string, directory: string): boolean {
  return path === directory || directory === '/' || path.startsWith(`${directory}/`);
}
