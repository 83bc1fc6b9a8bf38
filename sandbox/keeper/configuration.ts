import { freemem, totalmem } from 'node:os';
import { z } from 'zod';
import { defaultDataDirectory } from '../host/instance.ts';

const gibibyte = 1024 ** 3;

const environment = z.object({
  SCHOTT_DATA: z.string().default(defaultDataDirectory),
  /** How many ready sandboxes are kept for each lab. */
  SCHOTT_WARM: z.coerce.number().int().min(0).max(50).default(1),
  /** How many sandboxes may run at once; by default what the memory allows. */
  SCHOTT_CAPACITY: z.coerce.number().int().min(1).max(500).optional(),
  /** Group that may talk to the keeper; the server's. */
  SCHOTT_SERVER_GID: z.coerce.number().int().min(0).optional(),
});

export interface KeeperConfiguration {
  readonly dataDirectory: string;
  readonly warmPerLab: number;
  readonly capacity: number;
  readonly serverGid: number | undefined;
}

/** Reads the keeper's settings; the only place where it looks at its environment. */
export function readConfiguration(): KeeperConfiguration {
  const values = environment.parse(process.env);
  const byMemory = Math.max(1, Math.floor((totalmem() - 2 * gibibyte) / (0.75 * gibibyte)));
  return {
    dataDirectory: values.SCHOTT_DATA,
    warmPerLab: freemem() < 3 * gibibyte ? 0 : values.SCHOTT_WARM,
    capacity: values.SCHOTT_CAPACITY ?? byMemory,
    serverGid: values.SCHOTT_SERVER_GID,
  };
}
