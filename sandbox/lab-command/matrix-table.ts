import type { MatrixRow } from './matrix.ts';

const groups = ['start', 'solution.sh', 'passes/', 'fails/'] as const;

/**
 * What a run of the matrix came to, as a table in Markdown: a line a lab, with how many of its rows are as they must be, how long they took and
 * what the slowest check took. Labs that this machine cannot run stand in it as well.
 */
export function matrixTable(rows: readonly MatrixRow[], notHere: ReadonlyMap<string, string>): string {
  const labs = [...new Set(rows.map((row) => row.lab))];
  const lines = labs.map((lab) => {
    const own = rows.filter((row) => row.lab === lab);
    const seconds = own.reduce((sum, row) => sum + row.milliseconds, 0) / 1000;
    const slowest = Math.max(0, ...own.flatMap((row) => row.checkMilliseconds)) / 1000;
    return [lab, ...groups.map((group) => score(own.filter((row) => row.name.startsWith(group)))), seconds.toFixed(0), slowest.toFixed(1)];
  });
  const absent = [...notHere].map(([lab, reason]) => [lab, ...groups.map(() => '–'), reason, '–']);
  return align([['lab', 'start', 'solution', 'passes', 'fails', 'seconds', 'slowest check'], ...lines, ...absent]);
}

function score(rows: readonly MatrixRow[]): string {
  const good = rows.filter((row) => row.ok).length;
  if (rows.length === 0) return '–';
  return good === rows.length ? `✔ ${good}` : `✘ ${good} of ${rows.length}`;
}

function align(cells: readonly (readonly string[])[]): string {
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = cells;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line)].join('\n');
}
