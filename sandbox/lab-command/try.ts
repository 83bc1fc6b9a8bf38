import { readFile } from 'node:fs/promises';
import type { CheckResult, TaskVerdict } from '#protocol/verdict.ts';
import { loadLabs } from '../keeper/lab-folders.ts';
import { findLab } from './find-lab.ts';
import { startLabRun } from './lab-run.ts';
import { openWorkbench } from './workbench.ts';

export interface TryOptions {
  readonly id: string;
  readonly file: string;
  readonly json: boolean;
  readonly dataDirectory: string;
}

/** Starts a sandbox, runs one file in it as the learner would, prints every verdict with its evidence. 0 when all tasks pass, 1 when not. */
export async function tryLab(options: TryOptions): Promise<number> {
  const lab = findLab(await loadLabs(), options.id);
  const script = await readFile(options.file, 'utf8').catch((error: unknown) => {
    throw new Error(`Cannot read ${options.file}`, { cause: error });
  });
  await using workbench = await openWorkbench(options.dataDirectory);
  await using run = await startLabRun(workbench.place, lab, await workbench.imageOf(lab));
  const { exitCode, output } = await run.runOnDockerHost(script);
  const result = await run.checkWhenSettled();
  const allPassed = result.passed === result.total;
  if (options.json) console.log(JSON.stringify({ lab: lab.id, allPassed, ...result, script: { exitCode, output } }, null, 2));
  else print(options.file, exitCode, output, result);
  return allPassed ? 0 : 1;
}

function print(file: string, exitCode: number, output: string, result: CheckResult): void {
  if (output.trim() !== '') console.log(`${output.trimEnd()}\n`);
  console.log(`${file} ended with ${exitCode}`);
  for (const task of result.tasks) printTask(task);
  console.log(`\n${result.passed} of ${result.total} tasks passed, ${result.points} points, checked in ${result.milliseconds} ms`);
}

function printTask(task: TaskVerdict): void {
  console.log(
    `\n${task.passed ? '✔' : '✘'} ${task.id}${task.bonus ? ' (bonus)' : ''}: ${task.state}${task.messageId === undefined ? '' : ` (${task.messageId})`}`,
  );
  if (task.message !== undefined) console.log(`  ${task.message.en}`);
  for (const line of task.evidence) console.log(`  · ${line}`);
}
