import { availableParallelism, totalmem } from 'node:os';
import { z } from 'zod';
import { defaultDataDirectory } from '../host/instance.ts';
import { planned } from './admission.ts';

const mebibyte = 1024 ** 2;

const environment = z.object({
  SCHOTT_DATA: z.string().default(defaultDataDirectory),
  /** Ids of the labs that are offered, separated by commas; by default all. */
  SCHOTT_LABS: z
    .string()
    .transform((list) => list.split(',').map((id) => id.trim()))
    .optional(),
  /** How many ready sandboxes are kept in all; by default two for each processor, but at most a quarter of what may run at once. */
  SCHOTT_WARM: z.coerce.number().int().min(0).max(500).optional(),
  /** How many sandboxes may run at once; by default what the memory allows. */
  SCHOTT_CAPACITY: z.coerce.number().int().min(1).max(500).optional(),
  /** How many sandboxes are made at the same time; by default one for each processor, but at least two. */
  SCHOTT_PARALLEL_STARTS: z.coerce.number().int().min(1).max(64).optional(),
  /** MiB of memory that must stay available when a sandbox is made; by default a tenth of the machine's, but at most 2 GiB. */
  SCHOTT_KEEP_FREE_MIB: z.coerce.number().int().min(0).optional(),
  /** Seconds after which a sandbox that is not ready is given up. */
  SCHOTT_LAUNCH_SECONDS: z.coerce.number().int().min(1).max(3600).default(90),
  /** A sandbox that nobody has used for so many seconds sleeps until somebody does; 0: none ever does. */
  SCHOTT_SLEEP_AFTER_SECONDS: z.coerce.number().int().min(0).default(600),
  /** Group that may talk to the keeper; the server's. */
  SCHOTT_SERVER_GID: z.coerce.number().int().min(0).optional(),
  /** Descriptor on which the launcher takes orders (start-keeper); without one the keeper starts the engine itself. */
  SCHOTT_LAUNCHER: z.coerce.number().int().min(3).optional(),
});

export interface KeeperConfiguration {
  readonly dataDirectory: string;
  /** undefined: all. */
  readonly offeredLabs: readonly string[] | undefined;
  readonly warm: number;
  readonly capacity: number;
  readonly parallelStarts: number;
  readonly keptFreeMemoryBytes: number;
  readonly launchLimitMs: number;
  readonly sleepAfterMs: number;
  readonly serverGid: number | undefined;
  readonly launcher: number | undefined;
}

/** Reads the keeper's settings; the only place where it looks at its environment. */
export function readConfiguration(): KeeperConfiguration {
  const values = environment.parse(process.env);
  const keptFreeMemoryBytes = values.SCHOTT_KEEP_FREE_MIB === undefined ? Math.min(totalmem() / 10, 2048 * mebibyte) : values.SCHOTT_KEEP_FREE_MIB * mebibyte;
  const capacity = values.SCHOTT_CAPACITY ?? Math.max(1, Math.floor((totalmem() - keptFreeMemoryBytes) / planned.memoryBytes));
  return {
    dataDirectory: values.SCHOTT_DATA,
    offeredLabs: values.SCHOTT_LABS,
    warm: values.SCHOTT_WARM ?? Math.min(2 * availableParallelism(), Math.floor(capacity / 4)),
    capacity,
    parallelStarts: values.SCHOTT_PARALLEL_STARTS ?? Math.max(2, availableParallelism()),
    keptFreeMemoryBytes,
    launchLimitMs: values.SCHOTT_LAUNCH_SECONDS * 1000,
    sleepAfterMs: values.SCHOTT_SLEEP_AFTER_SECONDS === 0 ? Number.POSITIVE_INFINITY : values.SCHOTT_SLEEP_AFTER_SECONDS * 1000,
    serverGid: values.SCHOTT_SERVER_GID,
    launcher: values.SCHOTT_LAUNCHER,
  };
}
