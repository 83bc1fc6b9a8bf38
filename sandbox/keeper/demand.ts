import { z } from 'zod';
import { openStoredJson } from './stored-json.ts';

/** How much each lab has been asked for lately. Survives a restart of the keeper. */
export interface Demand {
  note(lab: string, at?: Date): void;
  /** Starts of the lab, the older the less: one counts half after half an hour, a quarter after an hour. */
  of(lab: string, at?: Date): number;
}

const halfLifeMs = 30 * 60_000;

/** Reads what was asked for before from `file`. */
export async function openDemand(file: string): Promise<Demand> {
  const schema = z.record(z.string(), z.strictObject({ starts: z.number().nonnegative(), at: z.number() }));
  const { content, save } = await openStoredJson(file, schema, {});
  const of = (lab: string, at: Date): number => {
    const known = content[lab];
    // A clock that was set back must not make old starts worth more than they were.
    return known === undefined ? 0 : known.starts * 0.5 ** (Math.max(0, at.getTime() - known.at) / halfLifeMs);
  };
  return {
    note(lab, at = new Date()) {
      content[lab] = { starts: of(lab, at) + 1, at: at.getTime() };
      save().catch((error: unknown) => console.error('Cannot note what is asked for:', error));
    },
    of: (lab, at = new Date()) => of(lab, at),
  };
}
