import type { CensusDifference } from '#sandbox/census/compare-censuses.ts';
import type { Rest } from './come-to-rest.ts';
import type { Ledger } from './ledger.ts';

/** Prints what was counted before and after, what was killed and how long it took to recover, what was lost, and what went wrong. */
export function printReport(before: Rest, after: Rest, differences: readonly CensusDifference[], ledger: Ledger): void {
  console.log(`\n${'census'.padEnd(20)} ${'before'.padStart(7)} ${'after'.padStart(7)}`);
  for (const kind of Object.keys(after.census)) printRow(kind, before.census[kind]?.length ?? 0, after.census[kind]?.length ?? 0);
  for (const process of Object.keys(after.readings)) {
    printRow(`descr. ${process}`, before.readings[process]?.descriptors, after.readings[process]?.descriptors);
    printRow(`MiB ${process}`, before.readings[process]?.memoryMebibytes, after.readings[process]?.memoryMebibytes);
  }
  console.log(`\n${'killed'.padEnd(20)} ${'times'.padStart(7)} ${'slowest recovery'.padStart(17)}`);
  for (const kind of new Set(ledger.kills.map((kill) => kill.kind))) {
    const slowestMs = Math.max(...(ledger.recoveries.get(kind) ?? [Number.NaN]));
    const slowest = Number.isNaN(slowestMs) ? '' : `${(slowestMs / 1000).toFixed(1)} s`;
    console.log(`${kind.padEnd(20)} ${String(ledger.kills.filter((kill) => kill.kind === kind).length).padStart(7)} ${slowest.padStart(17)}`);
  }
  printList('Sessions that went with what was killed', ledger.lost);
  printList(
    'Left behind, or missing',
    differences.map(({ kind, what, before: was, after: is }) => `${kind}: ${what}: ${was} before, ${is} after`),
  );
  printList('Broken promises', ledger.violations);
}

function printRow(name: string, before: number | undefined, after: number | undefined): void {
  console.log(`${name.padEnd(20)} ${String(before ?? '').padStart(7)} ${String(after ?? '').padStart(7)}`);
}

function printList(title: string, lines: readonly string[]): void {
  console.log(`\n${title}: ${lines.length === 0 ? 'none' : lines.length}`);
  for (const line of lines) console.log(`  ${line}`);
}
