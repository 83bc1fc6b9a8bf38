import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface SoakOptions {
  /** Sessions to start, use and end. */
  readonly cycles: number;
  /** The same seed draws the same visits and the same order of kills. */
  readonly seed: number;
  readonly dataDirectory: string;
  /** Learners at the same time. */
  readonly parallel: number;
  /** Seconds between one kill's recovery and the next kill, on average; 0: nothing is killed. */
  readonly killPauseSeconds: number;
}

const defaultSoakDirectory = '/var/lib/schott-soak';

export const usage = `usage: npm run soak -- [--cycles N] [--seed S] [--parallel P] [--kill-pause SECONDS] [--data DIR]
  --cycles      sessions to start, use and end (default 200)
  --seed        draws the visits and the kills (default: a new one, which is printed)
  --parallel    learners at the same time (default 4)
  --kill-pause  seconds from a recovery to the next kill, on average (default 10; 0: no kills)
  --data        where the course keeps pool and images (default ${defaultSoakDirectory}); the first run bakes them`;

/** Reads the command line; throws when it is off. */
export function readOptions(args = process.argv.slice(2)): SoakOptions {
  const { values } = parseArgs({
    args,
    options: {
      cycles: { type: 'string', default: '200' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      parallel: { type: 'string', default: '4' },
      'kill-pause': { type: 'string', default: '10' },
      data: { type: 'string', default: defaultSoakDirectory },
    },
  });
  return {
    cycles: readNumber('cycles', values.cycles, 1),
    seed: readNumber('seed', values.seed, 0),
    parallel: readNumber('parallel', values.parallel, 1),
    killPauseSeconds: readNumber('kill-pause', values['kill-pause'], 0),
    dataDirectory: resolve(values.data),
  };
}

function readNumber(name: string, value: string, least: number): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < least) throw new Error(`--${name} ${value} is no whole number from ${least}`);
  return number;
}
