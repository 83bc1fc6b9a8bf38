import { dataDirectory } from './installation.ts';
import { runScript } from './run-script.ts';
import type { OnLine, StepResult } from './step.ts';

/** A step that runs these rows of a lab's matrix with `npm run lab -- verify`. */
export function verifyRows(lab: string, rows: readonly string[]): (onLine: OnLine) => Promise<StepResult> {
  return async (onLine) => {
    const good = new Set<string>();
    const args = ['verify', lab, '--data', dataDirectory, ...rows.flatMap((row) => ['--only', row])];
    const status = await runScript('lab', args, (line) => {
      // A row that was renamed would otherwise pass by not being there.
      for (const row of rows) if (line.startsWith('✔') && line.includes(` ${row} `)) good.add(row);
      onLine(line);
    });
    const off = rows.filter((row) => !good.has(row));
    return {
      ok: status === 0 && off.length === 0,
      summary: `${lab}: ${[...good].join(', ')} as they must be${off.length === 0 ? '' : `; not so: ${off.join(', ')}`}`,
    };
  };
}
