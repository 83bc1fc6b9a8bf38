import type { Census } from './take-census.ts';

export interface CensusDifference {
  readonly kind: string;
  /** A name, with the ids of single sandboxes taken out of it. */
  readonly what: string;
  readonly before: number;
  readonly after: number;
}

/**
 * What one census has more or less of than the other. Sandboxes are alike: what differs only by an id, a number or a device's random name counts as
 * the same, so that the same number of them gives the same census.
 */
export function compareCensuses(before: Census, after: Census): CensusDifference[] {
  const kinds = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return kinds.flatMap((kind) => {
    const [was, is] = [countAlike(before[kind] ?? []), countAlike(after[kind] ?? [])];
    const names = [...new Set([...was.keys(), ...is.keys()])].toSorted();
    return names.map((what) => ({ kind, what, before: was.get(what) ?? 0, after: is.get(what) ?? 0 })).filter((one) => one.before !== one.after);
  });
}

function countAlike(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names.map(impersonal)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function impersonal(name: string): string {
  return name
    .replace(/^\d+ /, 'PID ')
    .replace(/^\d+_\d+$/, 'QGROUP')
    .replaceAll(/\b[0-9a-f]{64}\b/g, 'CONTAINER')
    .replaceAll(/\bveth[0-9a-f]+(@\S+)?/g, 'VETH')
    .replaceAll(/\bbr-[a-z2-7]{12}\b/g, 'BRIDGE')
    .replaceAll(/\b[0-9a-f]{12}\b/g, 'ID')
    .replaceAll(/\b[a-z2-7]{16}\b/g, 'SANDBOX')
    .replaceAll(/\b10\.213\.\d+\.\d+/g, 'ADDRESS')
    .replaceAll(/\d{2,}/g, 'N');
}
