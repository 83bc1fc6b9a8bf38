/** All numbers whose bits under `mask` are those of `value`. */
export interface BitCube {
  readonly mask: number;
  readonly value: number;
}

/**
 * The numbers of `width` bits that lie in none of `excluded`, as the fewest cubes that a walk down from the highest bit finds.
 * Seccomp's libraries take one comparison a rule and argument, so "none of these" has to be said as "one of those".
 * Each excluded cube fixes bits from the highest on, without a gap (a prefix). Throws when one does not.
 */
export function complementOf(excluded: readonly BitCube[], width: number): BitCube[] {
  for (const cube of excluded) if (!isPrefix(cube, width)) throw new Error(`Cannot exclude 0x${cube.value.toString(16)}: its mask has a gap`);
  return walk(excluded, { mask: 0, value: 0 }, width - 1);
}

function walk(excluded: readonly BitCube[], at: BitCube, bit: number): BitCube[] {
  const within = excluded.filter((cube) => (cube.value & at.mask) === (at.value & cube.mask));
  if (within.length === 0) return [at];
  if (within.some((cube) => (cube.mask & ~at.mask) === 0)) return [];
  return [0, 1].flatMap((digit) => walk(within, { mask: at.mask | (1 << bit), value: at.value | (digit << bit) }, bit - 1));
}

function isPrefix({ mask, value }: BitCube, width: number): boolean {
  const free = 2 ** width - 1 - mask;
  return free >= 0 && (free & (free + 1)) === 0 && (value & ~mask) === 0;
}
