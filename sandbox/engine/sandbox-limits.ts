import { availableParallelism, totalmem } from 'node:os';
import type { DiskThrottle } from '../host/disk-throttle.ts';

const mebibyte = 1024 ** 2;
const gibibyte = 1024 ** 3;

/** What one container of a sandbox may use of the machine. */
export interface ContainerLimits {
  /** No more, and no swap: who takes more is killed inside. */
  readonly memoryBytes: number;
  /** When all sandboxes together meet their common limit, this much is taken from nobody who uses less. */
  readonly reservedMemoryBytes: number;
  /** At most so many processors, fractions included. */
  readonly cpuCores: number;
  /** Share when processors are short, in units of cgroup v1 (1024 is the kernel's default). */
  readonly cpuShares: number;
  readonly pids: number;
  readonly diskBytes: number;
}

/** What there is to share. */
export interface Machine {
  readonly cores: number;
  readonly memoryBytes: number;
}

/**
 * The one place that says what sandboxes may use, for any machine: on a small one a Docker host gets a quarter of the memory, on a larger one
 * 1.5 GiB, which is what building and running the labs' images takes. Memory, processes and disk are promised to nobody (they are overcommitted);
 * processors are shared by weight, so a quota beyond "two" would only make one learner's build faster. The common limit of all sandboxes leaves the
 * machine a reserve, so that its memory is never used up and the kernel never has to choose whom to kill among keeper, server and engine.
 */
export function limitsFor({ cores, memoryBytes }: Machine): {
  dockerHost: ContainerLimits;
  attacker: ContainerLimits;
  bake: ContainerLimits;
  box: ContainerLimits;
  allMemoryBytes: number;
  disk: DiskThrottle;
} {
  const dockerHost = {
    memoryBytes: wholePages(Math.min(1536 * mebibyte, memoryBytes / 4)),
    reservedMemoryBytes: 192 * mebibyte,
    cpuCores: Math.min(2, cores),
    cpuShares: 1024,
    pids: 2000,
    diskBytes: 6 * gibibyte,
  };
  return {
    dockerHost,
    // The attacker box needs no engine.
    attacker: { memoryBytes: 256 * mebibyte, reservedMemoryBytes: 32 * mebibyte, cpuCores: 1, cpuShares: 512, pids: 200, diskBytes: 4 * gibibyte },
    // Bakes run while others learn, and nobody waits for them at a prompt.
    bake: { ...dockerHost, memoryBytes: wholePages(Math.min(4 * gibibyte, memoryBytes / 2)), cpuShares: 64, diskBytes: 12 * gibibyte },
    // Lives for seconds, and holds what a learner has made: a compiler or a scanner must cope with it, not the machine.
    box: {
      memoryBytes: wholePages(Math.min(768 * mebibyte, memoryBytes / 5)),
      reservedMemoryBytes: 32 * mebibyte,
      cpuCores: Math.min(2, cores),
      cpuShares: 512,
      pids: 256,
      diskBytes: 4 * gibibyte,
    },
    // Far above what a lab needs, and below what a modern disk gives: nobody has it for themselves.
    disk: { readBytesPerSecond: 400 * mebibyte, writeBytesPerSecond: 100 * mebibyte, requestsPerSecond: 10_000 },
    allMemoryBytes: wholePages(memoryBytes - Math.min(8 * gibibyte, Math.max(gibibyte, memoryBytes / 8))),
  };
}

export const limitsHere = limitsFor({ cores: availableParallelism(), memoryBytes: totalmem() });

/** The kernel rounds limits down to pages and names them so afterwards. */
function wholePages(bytes: number): number {
  return Math.floor(bytes / 65_536) * 65_536;
}
