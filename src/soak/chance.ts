/** Draws that are the same for the same seed. */
export interface Chance {
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** Either; `probability` says how likely true is. */
  is(probability: number): boolean;
  /** One of them, each by its weight. */
  pick<T extends string>(weights: Readonly<Record<T, number>>): T;
  oneOf<T>(items: readonly T[]): T | undefined;
  between(least: number, most: number): number;
}

/** mulberry32, by Tommy Ettinger (public domain): 32 bits of state, good enough to mix up a schedule. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    is: (probability) => next() < probability,
    pick<T extends string>(weights: Readonly<Record<T, number>>) {
      const entries = Object.entries<number>(weights) as Array<[T, number]>;
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      const chosen = entries.find(([, weight]) => (left -= weight) < 0) ?? entries.at(-1);
      if (chosen === undefined) throw new Error('Cannot pick: there is nothing to pick from');
      return chosen[0];
    },
    oneOf: (items) => items[Math.floor(next() * items.length)],
    between: (least, most) => least + next() * (most - least),
  };
}
