import type { KernelProcess, NestedContainer, SandboxView } from '#lab';

/** Namespaces of the reference text that Docker makes anew for each container; the sixth, user, all share unless the daemon is told otherwise. */
export type OwnNamespace = 'ipc' | 'mnt' | 'net' | 'pid' | 'uts';

/** A running container with its processes. */
export interface Suspect {
  readonly container: NestedContainer;
  readonly processes: readonly KernelProcess[];
}

const known = new WeakMap<SandboxView, Promise<readonly Suspect[]>>();

/** All running containers, also those that nobody calls a website: whoever answers for one from behind must be as clean as it. Looked up once a run. */
export function suspects(sandbox: SandboxView): Promise<readonly Suspect[]> {
  const found = known.get(sandbox) ?? findSuspects(sandbox);
  known.set(sandbox, found);
  return found;
}

/** Lines for processes of containers that are in the Docker host's own namespace. */
export function inHostNamespace(all: readonly Suspect[], host: KernelProcess, namespace: OwnNamespace): readonly string[] {
  return all.flatMap(({ container, processes }) =>
    processes
      .filter((process) => process.namespaces[namespace] === host.namespaces[namespace])
      .map((process) => `${container.name}: ${namespace} namespace of ${nameOf(process)} is ${process.namespaces[namespace]}, the Docker host's`),
  );
}

/** Lines for namespaces that several containers have together. */
export function inCommon(all: readonly Suspect[], namespace: OwnNamespace): readonly string[] {
  const owners = new Map<string, Set<string>>();
  for (const { container, processes } of all) {
    for (const process of processes) {
      const inode = process.namespaces[namespace];
      owners.set(inode, (owners.get(inode) ?? new Set()).add(container.name));
    }
  }
  return [...owners].filter(([, names]) => names.size > 1).map(([inode, names]) => `${namespace} namespace ${inode}: ${[...names].join(', ')}`);
}

/** How evidence names a process: the pid that the learner sees on the Docker host. */
export function nameOf(process: KernelProcess): string {
  return `pid ${process.pids[1] ?? process.pids[0]} (${process.comm})`;
}

async function findSuspects(sandbox: SandboxView): Promise<readonly Suspect[]> {
  const running = (await sandbox.containers()).filter((container) => container.running);
  const all = (await sandbox.processes()).filter((process) => process.mounts.length > 0);
  return running.map((container) => ({ container, processes: all.filter((process) => process.cgroup.includes(container.id)) }));
}
