import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { dataDirectory } from './installation.ts';
import { runShell } from './run-script.ts';
import type { OnLine, StepResult } from './step.ts';

const report = z.object({
  success: z.boolean(),
  numPassedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(z.object({ name: z.string(), message: z.string(), assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })) })),
});

/** A step that runs files of the Vitest project `sandbox`. */
export function runTests(files: readonly string[]): (onLine: OnLine) => Promise<StepResult> {
  return async (onLine) => {
    const folder = await mkdtemp(join(tmpdir(), 'schott-report-'));
    try {
      const file = join(folder, 'report.json');
      const vitest = 'node src/start/bootstrap.mjs node_modules/vitest/vitest.mjs run --project sandbox --reporter=verbose --reporter=json';
      const status = await runShell(`SCHOTT_TEST_DATA=${dataDirectory} ${vitest} --outputFile.json=${file} "$@"`, files, onLine);
      const result = report.parse(JSON.parse(await readFile(file, 'utf8')));
      const failed = result.testResults.flatMap(({ assertionResults }) => assertionResults.filter((one) => one.status === 'failed').map((one) => one.fullName));
      const broken = result.testResults.filter(({ message }) => message !== '').map(({ name, message }) => `${name}: ${message.split('\n', 1)[0]}`);
      const counts = [
        `${result.numPassedTests} passed`,
        `${failed.length} failed`,
        ...(result.numPendingTests > 0 ? [`${result.numPendingTests} skipped`] : []),
      ];
      return { ok: status === 0 && result.success, summary: [counts.join(', '), ...failed, ...broken].join('; ') };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
}
