import { hostMountsOf } from '#lab';
import type { HostMount, KernelProcess, RoleContainer, SandboxView } from '#lab';
import type { Tools } from './services.ts';

/** The fourteen capabilities that Docker leaves a container. */
const defaultCapabilities = 0xa80425fbn;

/** Folders of the Docker host through which a container gets at the host itself, at Docker, or at other containers' secrets. */
const givingAway = /^\/(etc|root|run|proc|sys|boot|dev|usr|bin|sbin|lib|lib64|srv\/helpers)(\/|$)|^\/(var\/)?run(\/|$)|^\/var\/lib\/(docker|containerd)(\/|$)/;
const tooWide = ['/', '/var', '/var/lib', '/srv'];

/** A helper that holds more than an ordinary container does needs no mount: throws `too-privileged` or `foreign-processes`. */
export async function refusePrivileges(tools: Tools, role: RoleContainer): Promise<void> {
  const own = await role.processes();
  for (const process of own) {
    const excess = Object.entries(process.capabilities).filter(([, set]) => (set & ~defaultCapabilities) !== 0n);
    if (excess.length > 0)
      throw tools.notYet(
        'too-privileged',
        excess.map(([name, set]) => `${name} capabilities of ${nameOf(process)}: ${set.toString(16).padStart(16, '0')}`),
      );
    if (process.seccomp !== 2) throw tools.notYet('too-privileged', [`Seccomp of ${nameOf(process)}: ${process.seccomp}`]);
    const settings = process.mounts.findLast(({ target }) => target === '/proc/sys');
    if (settings === undefined || !settings.options.includes('ro')) throw tools.notYet('too-privileged', [`/proc/sys of ${nameOf(process)}: writable`]);
  }
  const namespaces = new Set(own.map((process) => process.namespaces.pid));
  const foreign = (await tools.sandbox.processes()).filter((process) => namespaces.has(process.namespaces.pid) && !process.cgroup.includes(role.id));
  if (foreign.length > 0)
    throw tools.notYet(
      'foreign-processes',
      foreign.slice(0, 5).map((process) => `${nameOf(process)} of ${process.cgroup} is in the pid namespace of ${role.name}`),
    );
}

/** What `role` sees of the Docker host that gives the host away, as the kernel tells it; each mount once. */
export async function tellingMounts({ sandbox }: Tools, role: RoleContainer): Promise<readonly HostMount[]> {
  const { mounts: hostMounts } = await sandbox.hostProcess();
  const { DockerRootDir: dockerRoot } = (await sandbox.engineApi('/info')) as { DockerRootDir: string };
  const all = (await role.processes()).flatMap((process) => hostMountsOf(process.mounts, hostMounts, dockerRoot));
  const telling = all.filter(({ shows }) => !shows.startsWith('/') || givingAway.test(shows) || tooWide.includes(shows));
  return [...new Map(telling.map((mount) => [JSON.stringify(mount), mount])).values()];
}

/** Process file systems among a helper's mounts that show other processes than its own. */
export async function foreignProcs(sandbox: SandboxView, role: RoleContainer): Promise<readonly string[]> {
  const hostProc = (await sandbox.hostProcess()).mounts.find(({ target }) => target === '/proc')?.device;
  const lines = [];
  for (const process of await role.processes()) {
    const own = process.mounts.find(({ target, type }) => target === '/proc' && type === 'proc')?.device;
    const foreign = process.mounts.filter(({ type, device }) => type === 'proc' && (device === hostProc || device !== own));
    lines.push(...foreign.map(({ target }) => `${target} of ${nameOf(process)} shows processes of the Docker host or of another container`));
  }
  return [...new Set(lines)];
}

export function describeMount({ target, shows, isReadOnly }: HostMount): string {
  return `${target} in the container is ${shows} of the Docker host, ${isReadOnly ? 'read-only' : 'writable'}`;
}

/** How evidence names a process: the pid that the learner sees on the Docker host. */
function nameOf(process: KernelProcess): string {
  return `pid ${process.pids[1] ?? process.pids[0]} (${process.comm})`;
}
