export interface WarmWishes {
  /** Sandboxes that may stand ready in all, orders left out. */
  readonly budget: number;
  /** Labs that can be started, in the order of the course. */
  readonly labs: readonly string[];
  /** Recent starts of a lab (demand.ts). */
  readonly demandOf: (lab: string) => number;
  /** Ordered ahead, on top of the budget. */
  readonly ordered: ReadonlyMap<string, number>;
}

/** Of those who start a lab now, so many are expected to want another sandbox of it before the pool is full again. */
const soonAgain = 0.2;
/** Whoever has done one lab goes on to the next. */
const goesOn = 0.5;

/**
 * How many sandboxes of each lab should stand ready; the most wanted lab comes first. The budget goes, one by one, to where the next sandbox is
 * most likely to be used: with λ learners to be expected, the k-th is used with the probability that at least k come (Poisson). When it is large
 * enough, each lab has one first. A lab with an order has at least what was ordered.
 */
export function shareOutWarm({ budget, labs, demandOf, ordered }: WarmWishes): Map<string, number> {
  const wanted = new Map(labs.map((lab) => [lab, 0]));
  const expected = new Map(labs.map((lab, index) => [lab, soonAgain * (demandOf(lab) + goesOn * demandOf(labs[index - 1] ?? '') + (index === 0 ? 1 : 0.1))]));
  const worth = (lab: string): number => probabilityOfAtLeast((wanted.get(lab) ?? 0) + 1, expected.get(lab) ?? 0);
  const giveTo = (lab: string): void => void wanted.set(lab, (wanted.get(lab) ?? 0) + 1);
  let left = labs.length === 0 ? 0 : budget;
  if (left >= labs.length) {
    for (const lab of labs) giveTo(lab);
    left -= labs.length;
  }
  for (; left > 0; left--) giveTo(labs.reduce((best, lab) => (worth(lab) > worth(best) ? lab : best)));
  for (const [lab, count] of ordered) if (wanted.has(lab)) wanted.set(lab, Math.max(count, wanted.get(lab) ?? 0));
  const rank = (lab: string): number => (ordered.get(lab) ?? 0) * 1000 + (expected.get(lab) ?? 0);
  return new Map([...wanted].toSorted(([a], [b]) => rank(b) - rank(a)));
}

/** Poisson: that `least` or more happen when `mean` are expected. */
function probabilityOfAtLeast(least: number, mean: number): number {
  let exactly = Math.exp(-mean);
  let fewer = 0;
  for (let count = 0; count < least; count++) {
    fewer += exactly;
    exactly *= mean / (count + 1);
  }
  return 1 - fewer;
}
