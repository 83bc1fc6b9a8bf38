/** The smallest of `values` that at least `percent` per cent of them do not exceed (nearest rank). */
export function percentile(values: readonly number[], percent: number): number {
  const value = values.toSorted((a, b) => a - b).at(Math.max(0, Math.ceil((percent / 100) * values.length) - 1));
  if (value === undefined) throw new Error('Cannot give a percentile of no values');
  return value;
}
