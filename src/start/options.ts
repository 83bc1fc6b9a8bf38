import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultDataDirectory } from '#sandbox/host/instance.ts';

export const project = join(import.meta.dirname, '../..');

export interface StartOptions {
  readonly port: number;
  readonly host: string;
  readonly dataDirectory: string;
  readonly warm: string | undefined;
  readonly capacity: string | undefined;
  /** Ids of the labs to offer, separated by commas; undefined: all. */
  readonly labs: string | undefined;
}

export const usage = `usage: npm start -- [--port N] [--host ADDRESS] [--data DIR] [--warm N] [--capacity N] [--labs ID,…]
  --port      where the course is served (default 8080)
  --host      address to listen on (default 127.0.0.1; 0.0.0.0 for a class)
  --data      where pool, images and progress live (default ${defaultDataDirectory}, without root ./.data)
  --warm      sandboxes kept ready in all, for the labs that are asked for (default: two for each processor)
              for a class: npm run lab -- warm LAB 30 --at 9:00
  --capacity  sandboxes that may run at once (default: what the memory allows)
  --labs      offer only these labs, e.g. kernel/contain-the-agent,privilege/drop-root (default: all)`;

/** Reads the command line; throws with the usage when it is off. */
export function readOptions(isRoot: boolean, args = process.argv.slice(2)): StartOptions {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '8080' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string', default: isRoot ? defaultDataDirectory : join(project, '.data') },
      warm: { type: 'string' },
      capacity: { type: 'string' },
      labs: { type: 'string' },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`--port ${values.port} is no port number`);
  return { port, host: values.host, dataDirectory: values.data, warm: values.warm, capacity: values.capacity, labs: values.labs };
}
