import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly dataDirectory: string;
  /** Few repetitions: shows that everything can be measured, not what the figures are. */
  readonly isQuick: boolean;
  /** Nothing but JSON on standard output. */
  readonly isJson: boolean;
  /** Puts the figures into README.md. */
  readonly writesReadme: boolean;
  /** Names of the measurements to make; empty: all. */
  readonly only: readonly string[];
}

const defaultBenchDirectory = '/var/lib/schott-bench';

export const usage = `usage: npm run bench -- [--quick] [--json] [--readme] [--only NAME]… [--data DIR]
  --quick  few repetitions
  --json   only JSON on standard output (default: a table, then JSON)
  --readme puts the figures that have a target into README.md
  --only   measure only this; may be given several times
  --data   where the measured course keeps pool and images (default ${defaultBenchDirectory}); the first run bakes them`;

/** Reads the command line; throws when it is off. */
export function readOptions(args = process.argv.slice(2)): BenchOptions {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      readme: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      data: { type: 'string', default: defaultBenchDirectory },
    },
  });
  return { dataDirectory: resolve(values.data), isQuick: values.quick, isJson: values.json, writesReadme: values.readme, only: values.only };
}
