import { access, chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Instance } from './instance.ts';

const controllers = ['memory', 'pids', 'cpu', 'io'] as const;

/** What all sandboxes of an instance together may use. */
export interface CommonLimits {
  readonly memoryBytes: number;
  readonly pids: number;
}

/**
 * Makes the cgroup in which the engine makes all its containers, and limits it: what is left belongs to keeper, server and whatever else the machine
 * does. Their common share of the processors stays the kernel's default, that of one busy process: a larger one would let a burning class starve the
 * machine. Called again, it sets the limits anew. A controller that the kernel does not have is left out (host/capabilities.ts says which there are).
 * Sources: cgroup-v1/memory.rst, cgroup-v1/pids.rst, cgroup-v2.rst in the kernel's documentation.
 */
export async function limitAllSandboxes({ cgroupParent }: Instance, limits: CommonLimits): Promise<void> {
  if (await exists('/sys/fs/cgroup/cgroup.controllers')) {
    // Each alone: one that is missing would keep the others from being enabled.
    for (const controller of controllers) await attempt('/sys/fs/cgroup/cgroup.subtree_control', `+${controller}`);
    await makeCgroup(`/sys/fs/cgroup${cgroupParent}`);
    for (const controller of controllers) await attempt(`/sys/fs/cgroup${cgroupParent}/cgroup.subtree_control`, `+${controller}`);
    await attempt(`/sys/fs/cgroup${cgroupParent}/memory.max`, String(limits.memoryBytes));
    await attempt(`/sys/fs/cgroup${cgroupParent}/pids.max`, String(limits.pids));
    return;
  }
  const memory = `/sys/fs/cgroup/memory${cgroupParent}`;
  if (await makeBelow('/sys/fs/cgroup/memory', memory)) {
    // Before 5.11 a limit did not reach the children unless asked to.
    await attempt(`${memory}/memory.use_hierarchy`, '1');
    await attempt(`${memory}/memory.limit_in_bytes`, String(limits.memoryBytes));
  }
  const pids = `/sys/fs/cgroup/pids${cgroupParent}`;
  if (await makeBelow('/sys/fs/cgroup/pids', pids)) await attempt(`${pids}/pids.max`, String(limits.pids));
}

/** Half of all threads that the kernel allows; with all of them in sandboxes, keeper and server could start none. */
export async function pidsForAllSandboxes(): Promise<number> {
  return Math.floor(Number(await readFile('/proc/sys/kernel/threads-max', 'utf8')) / 2);
}

/** Makes a cgroup where the controller has a hierarchy of its own; false when it has none. */
async function makeBelow(hierarchy: string, directory: string): Promise<boolean> {
  if (!(await exists(`${hierarchy}/cgroup.procs`))) return false;
  await makeCgroup(directory);
  return true;
}

/** Whatever our umask: the sandboxes' root must be able to enter it. */
async function makeCgroup(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await chmod(directory, 0o755);
}

async function attempt(file: string, value: string): Promise<void> {
  await writeFile(file, value, { flag: 'r+' }).catch(() => undefined);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
