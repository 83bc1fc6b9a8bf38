import { readFile, statfs } from 'node:fs/promises';
import type { Instance } from './instance.ts';

/** What is free on the machine at this moment, in bytes. */
export interface MachineRoom {
  /** Memory that can be had without taking it from anybody: the machine's, or what the sandboxes' common limit leaves, whichever is less. */
  readonly memory: number;
  readonly pool: number;
  /** On the disk that holds the pool's file, which is sparse: it may run full before the pool does. */
  readonly disk: number;
}

/** Asks the kernel: MemAvailable (proc(5)), the memory controller of the sandboxes' common cgroup (v1 memory.txt, cgroup-v2.rst), statfs(2). */
export async function measureRoom(instance: Instance): Promise<MachineRoom> {
  const [available, left, pool, disk] = await Promise.all([
    availableMemory(),
    leftInCgroup(instance.cgroupParent),
    freeBytes(instance.poolDirectory),
    freeBytes(instance.dataDirectory),
  ]);
  return { memory: Math.min(available, left), pool, disk };
}

async function availableMemory(): Promise<number> {
  const kibibytes = /^MemAvailable:\s+(\d+) kB$/m.exec(await readFile('/proc/meminfo', 'utf8'))?.[1];
  if (kibibytes === undefined) throw new Error('Cannot tell how much memory is available: /proc/meminfo does not say');
  return Number(kibibytes) * 1024;
}

/** What the limit of all sandboxes together leaves; Infinity without a limit, or before the first sandbox. */
async function leftInCgroup(cgroupParent: string): Promise<number> {
  const files = [
    { directory: `/sys/fs/cgroup/memory${cgroupParent}`, limit: 'memory.limit_in_bytes', usage: 'memory.usage_in_bytes', reclaimable: 'total_inactive_file' },
    { directory: `/sys/fs/cgroup${cgroupParent}`, limit: 'memory.max', usage: 'memory.current', reclaimable: 'inactive_file' },
  ];
  for (const { directory, limit, usage, reclaimable } of files) {
    const texts = await Promise.all([limit, usage, 'memory.stat'].map((file) => readFile(`${directory}/${file}`, 'utf8').catch(() => undefined)));
    const [limitText, usageText, statistics] = texts;
    if (limitText === undefined || usageText === undefined || statistics === undefined) continue;
    // `max` on v2; v1 has a number near 2^63 instead.
    if (limitText.trim() === 'max') return Infinity;
    const inactive = Number(new RegExp(`^${reclaimable} (\\d+)$`, 'm').exec(statistics)?.[1] ?? 0);
    return Math.max(0, Number(limitText) - Number(usageText) + inactive);
  }
  return Infinity;
}

async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}
