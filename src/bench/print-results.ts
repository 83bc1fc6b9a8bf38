import type { Figure } from './results.ts';

const marks: Record<Figure['state'], string> = { ok: 'ok', short: 'SHORT', none: '', unmeasured: 'not measured' };

/** The figures as a table for people. */
export function printTable(figures: readonly Figure[]): void {
  const rows = figures.map((figure) => [
    figure.lab === undefined ? figure.id : `${figure.id} (${figure.lab})`,
    figure.value === null ? '–' : `${figure.value} ${figure.unit}`,
    figure.target === null ? '' : `${figure.target} ${figure.unit}`,
    marks[figure.state],
    figure.reason ?? figure.what,
  ]);
  const table = [['figure', 'value', 'must', '', 'what'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}
