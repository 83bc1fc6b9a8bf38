import type { MachineRoom } from '../host/machine-room.ts';
import { failures, type KeeperFailure } from './keeper-failure.ts';

const mebibyte = 1024 ** 2;

/**
 * What a sandbox is expected to use of the machine. Idle ones use 100 to 300 MiB, page cache included, and some learners build images; a few may
 * use up to their limits, which is why the machine itself is asked, too.
 */
export const planned = { memoryBytes: 512 * mebibyte, diskBytes: 512 * mebibyte } as const;

/** Left to others on the disk, in the pool and on the disk below it: a pool whose file cannot grow any more loses data. */
const keptFreeDiskBytes = 2048 * mebibyte;

export interface AdmissionLimits {
  /** Sandboxes with a session, at once. */
  readonly capacity: number;
  /** Sandboxes that are made at the same time. More would all be slower. */
  readonly parallelStarts: number;
  /** Memory that must stay available to keeper, server and whatever else runs here. */
  readonly keptFreeMemoryBytes: number;
}

export interface Load {
  readonly inUse: number;
  /** Being made at the moment: they do not use yet what they will. */
  readonly starting: number;
}

/** Why no further sandbox can be made now, as it is told to a learner; undefined: there is room. Does not count those that stand ready. */
export function whyNoRoom(room: MachineRoom, load: Load, limits: AdmissionLimits): KeeperFailure | undefined {
  if (load.inUse >= limits.capacity) return failures.noRoom(limits.capacity);
  if (load.starting >= limits.parallelStarts) return failures.manyStarting(load.starting);
  const making = load.starting + 1;
  if (room.memory < limits.keptFreeMemoryBytes + making * planned.memoryBytes) return failures.noMemory(load.inUse);
  if (Math.min(room.pool, room.disk) < keptFreeDiskBytes + making * planned.diskBytes) return failures.noDisk();
  return undefined;
}
