import type { Chance } from './chance.ts';

export type Deed = 'docker' | 'count' | 'check' | 'flag' | 'solve' | 'reset' | 'attacker' | 'away';
export type Ending = 'end' | 'vanish' | 'expire' | 'overdue';

/** What a learner does in one session. */
export interface VisitPlan {
  readonly number: number;
  readonly lab: string;
  readonly deeds: readonly Deed[];
  readonly ending: Ending;
  readonly countMs: number;
}

const deedWeights: Record<Deed, number> = { docker: 3, count: 3, check: 3, flag: 3, away: 3, attacker: 2, reset: 1, solve: 1 };
/** The learner ends it · closes the browser on the way · leaves, and the keeper's deadline passes · leaves, and the server's does. */
const endingWeights: Record<Ending, number> = { end: 6, vanish: 1.5, expire: 1.5, overdue: 1 };

/** Draws the visits of a run. */
export function planVisits(chance: Chance, labs: readonly string[], count: number): VisitPlan[] {
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    lab: chance.oneOf(labs) ?? '',
    deeds: Array.from({ length: chance.is(0.4) ? 2 : 1 }, () => chance.pick(deedWeights)),
    ending: chance.pick(endingWeights),
    countMs: chance.between(1000, 4000),
  }));
}

/** One visit a lab in which everything is done once: afterwards nothing happens for the first time any more. */
export function planTour(labs: readonly string[]): VisitPlan[] {
  const deeds: readonly Deed[] = ['docker', 'check', 'flag', 'attacker', 'away', 'count', 'reset'];
  return labs.map((lab, index) => ({ number: -index, lab, deeds, ending: index % 2 === 0 ? 'expire' : 'end', countMs: 1000 }));
}
