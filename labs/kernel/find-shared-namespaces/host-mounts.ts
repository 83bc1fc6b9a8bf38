import type { KernelMount, KernelProcess, SandboxView } from '#lab';
import type { Suspect } from './containers.ts';

/** A piece of the Docker host that a container has mounted. */
export interface HostMount {
  readonly container: string;
  /** Where the container sees it. */
  readonly target: string;
  /** What it is: a path on the Docker host, or type and source of what is neither on the host nor every container's own. */
  readonly shows: string;
  readonly type: string;
}

/** Directories of the Docker host whose content is nobody's business; /srv/web-1 and the like are not among them. */
const hostsOwn = /^\/$|^\/(bin|boot|dev|etc|home|lib\w*|proc|root|run|sbin|sys|tmp|usr|var)(\/|$)|^\/srv(\/admin(\/|$)|$)/;

/** Kernel interfaces and memory that every container gets an instance of, with the place where it belongs. */
const containersOwn: Readonly<Record<string, string>> = { proc: '/proc', sysfs: '/sys', cgroup: '/sys', cgroup2: '/sys', devpts: '/dev', mqueue: '/dev' };

/**
 * What the containers see of the Docker host beyond a website's own folder, each mount once, without what came along below another one. Whatever is not known
 * to be harmless counts.
 */
export async function hostMounts(sandbox: SandboxView, all: readonly Suspect[]): Promise<readonly HostMount[]> {
  const host = await sandbox.hostProcess();
  const { DockerRootDir: dockerRoot } = (await sandbox.engineApi('/info')) as { DockerRootDir: string };
  const found = all.flatMap(({ container, processes }) =>
    processes.flatMap(({ mounts }) => mounts.flatMap((mount) => exposed(mount, host, dockerRoot).map((one) => ({ container: container.name, ...one })))),
  );
  return [...new Map(found.filter((mount) => !found.some((other) => cameAlong(mount, other))).map((mount) => [JSON.stringify(mount), mount])).values()];
}

export function describeMount({ container, target, shows }: HostMount): string {
  return `${container}: ${target} shows ${shows} of the Docker host`;
}

function cameAlong(mount: HostMount, other: HostMount): boolean {
  return mount.container === other.container && mount.target.startsWith(`${other.target}/`);
}

function exposed(mount: KernelMount, host: KernelProcess, dockerRoot: string): Omit<HostMount, 'container'>[] {
  const { target, type, source, root, device } = mount;
  const disk = host.mounts.find((one) => one.target === '/')?.device;
  if (device === disk) {
    if (isDockers(mount, dockerRoot)) return [];
    // A directory of the host's own may have moved and be mounted in its old place.
    const moved = host.mounts.find(
      (one) => one.device === disk && one.root !== '/' && hostsOwn.test(one.target) && (isBelow(one.root, root) || isBelow(root, one.root)),
    );
    return moved === undefined && !hostsOwn.test(root) ? [] : [{ target, type, shows: moved?.target ?? root }];
  }
  if (type === 'overlay' && target === '/') return [];
  // One file system has one device number, wherever it is mounted: the same number means the same memory, processes or messages.
  const onHost = host.mounts.find((one) => one.device === device);
  const isGlobal = type === 'sysfs' || type.startsWith('cgroup');
  if (onHost !== undefined && !isGlobal && !isDeviceFile(mount)) return [{ target, type, shows: onHost.target === '/' ? root : onHost.target }];
  const place = containersOwn[type];
  if (type === 'tmpfs' || isDeviceFile(mount) || (place !== undefined && (target === place || target.startsWith(`${place}/`)))) return [];
  return [{ target, type, shows: `${type} ${source}` }];
}

/** In a user namespace device files cannot be made, so each one is a bind mount; /dev/null also masks files of /proc. */
function isDeviceFile({ root, target }: KernelMount): boolean {
  return /^\/(null|zero|full|random|urandom|tty)$/.test(root) && /^\/(dev|proc|sys)\//.test(target);
}

/** What Docker itself brings in from the host's disk: name files, `--init` and volumes. */
function isDockers({ root, target }: KernelMount, dockerRoot: string): boolean {
  if (target === '/sbin/docker-init') return /^\/usr\/.*\/(docker-init|tini-static)$/.test(root);
  if (!root.startsWith(`${dockerRoot}/`)) return false;
  return /^\/(containers\/[0-9a-f]{64}\/(resolv\.conf|hostname|hosts)|volumes\/[^/]+\/_data(\/.*)?)$/.test(root.slice(dockerRoot.length));
}

function isBelow(path: string, directory: string): boolean {
  return path === directory || path.startsWith(`${directory}/`);
}
