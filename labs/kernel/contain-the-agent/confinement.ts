import { hostMountsOf } from '#lab';
import type { HostMount, KernelProcess, SandboxView } from '#lab';

/** The fourteen capabilities that Docker leaves a container. */
const defaultCapabilities = 0xa80425fbn;

/** Files of the kernel that Docker hides in every container; which of them exist depends on the kernel. */
const maskedPaths = [
  '/proc/acpi',
  '/proc/asound',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/sched_debug',
  '/proc/scsi',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/sys/firmware',
];

/** One line for each capability set of `process` that goes beyond Docker's default. */
export function capabilitiesBeyondDefault(process: KernelProcess): readonly string[] {
  const { effective, permitted, inheritable, bounding, ambient } = process.capabilities;
  return Object.entries({ CapEff: effective, CapPrm: permitted, CapInh: inheritable, CapBnd: bounding, CapAmb: ambient })
    .filter(([, set]) => (set & ~defaultCapabilities) !== 0n)
    .map(([name, set]) => `${name} of ${nameOf(process)}: ${set.toString(16).padStart(16, '0')}`);
}

/** Lines for kernel files that Docker protects in an ordinary container and that lie open here. */
export function exposedKernelFiles(process: KernelProcess): readonly string[] {
  const lines: string[] = [];
  for (const path of ['/proc/sys', '/sys']) {
    const mount = process.mounts.findLast(({ target }) => target === path);
    if (mount === undefined || !mount.options.includes('ro')) lines.push(`${path} of ${nameOf(process)}: writable`);
  }
  if (!process.mounts.some(({ target }) => maskedPaths.includes(target))) lines.push(`none of ${maskedPaths.join(' ')} is masked for ${nameOf(process)}`);
  return lines;
}

/** What the agent's processes see of the Docker host's files, each mount once. */
export async function visibleHostMounts(sandbox: SandboxView, processes: readonly KernelProcess[]): Promise<readonly HostMount[]> {
  const host = await sandbox.hostProcess();
  const { DockerRootDir: dockerRoot } = (await sandbox.engineApi('/info')) as { DockerRootDir: string };
  const mounts = processes.flatMap((process) => hostMountsOf(process.mounts, host.mounts, dockerRoot));
  return [...new Map(mounts.map((mount) => [JSON.stringify(mount), mount])).values()];
}

/** How evidence names a process: the pid that the learner sees on the Docker host. */
export function nameOf(process: KernelProcess): string {
  return `pid ${process.pids[1] ?? process.pids[0]} (${process.comm})`;
}
