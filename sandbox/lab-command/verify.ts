import { loadLabs } from '../keeper/lab-folders.ts';
import { meets, probeCapabilities } from '../host/capabilities.ts';
import { findLab } from './find-lab.ts';
import { matrixOf, type MatrixRow } from './matrix.ts';
import { matrixTable } from './matrix-table.ts';
import { validateLab } from './validate-lab.ts';
import { openWorkbench } from './workbench.ts';

export interface VerifyOptions {
  /** Empty: all labs. */
  readonly ids: readonly string[];
  /** Only rows whose name contains one of these. */
  readonly only: readonly string[] | undefined;
  readonly repeat: number;
  readonly json: boolean;
  readonly dataDirectory: string;
}

/**
 * Runs the matrix of the given labs that this machine can run, and prints row by row and as a table, or as JSON:
 * `{ ok, rows, notHere }`. 0 when every row is as it must be, else 1.
 */
export async function verifyLabs(options: VerifyOptions): Promise<number> {
  const all = await loadLabs();
  const labs = options.ids.length === 0 ? [...all.values()] : options.ids.map((id) => findLab(all, id));
  const rows: MatrixRow[] = [];
  const problems = (await Promise.all(labs.map(validateLab))).flat();
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) return 1;
  await using workbench = await openWorkbench(options.dataDirectory);
  const capabilities = await probeCapabilities();
  const notHere = new Map<string, string>();
  for (const lab of labs) {
    const missing = lab.lab.needs.filter((need) => !meets(capabilities, need));
    if (missing.length > 0) {
      notHere.set(lab.id, `needs ${missing.join(', ')}`);
      continue;
    }
    const image = await workbench.imageOf(lab);
    const cases = (await matrixOf(lab)).filter(({ name }) => options.only === undefined || options.only.some((text) => name.includes(text)));
    for (const one of cases) {
      for (let round = 0; round < options.repeat; round++) {
        const row = await runRow(lab.id, one.name, () => one.run(workbench.place, image));
        rows.push(row);
        if (!options.json) printRow(row);
      }
    }
  }
  const failed = rows.filter((row) => !row.ok).length;
  if (options.json) console.log(JSON.stringify({ ok: failed === 0, rows, notHere: Object.fromEntries(notHere) }, null, 2));
  else
    console.log(
      `\n${matrixTable(rows, notHere)}\n\n${rows.length - failed} of ${rows.length} rows are as they must be${notHere.size > 0 ? `; ${notHere.size} labs cannot run on this machine` : ''}`,
    );
  return failed === 0 ? 0 : 1;
}

async function runRow(lab: string, name: string, run: () => Promise<Omit<MatrixRow, 'milliseconds' | 'lab' | 'name'>>): Promise<MatrixRow> {
  const started = performance.now();
  try {
    const result = await run();
    return { lab, name, ...result, milliseconds: Math.round(performance.now() - started) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { lab, name, ok: false, problems: [reason], checkMilliseconds: [], milliseconds: Math.round(performance.now() - started) };
  }
}

function printRow(row: MatrixRow): void {
  const checks = row.checkMilliseconds.map((ms) => `${ms} ms`).join(', ');
  console.log(`${row.ok ? '✔' : '✘'} ${row.lab.padEnd(30)} ${row.name.padEnd(40)} ${(row.milliseconds / 1000).toFixed(1).padStart(6)} s  check ${checks}`);
  for (const problem of row.problems) console.log(`    ${problem}`);
}
