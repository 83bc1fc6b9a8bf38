import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execute } from '#sandbox/engine/execute.ts';
import { project } from '../start/options.ts';
import { onlyDockerHost } from './docker-hosts.ts';
import { Learner } from './learner.ts';
import type { Bench, Measurement } from './measurement.ts';
import { openSession } from './session-start.ts';

/** The check button in each lab: as it opens, and after its solution was run. */
export const checkLatency: Measurement = {
  name: 'check',
  warm: 0,
  async run(bench) {
    const learner = await Learner.arrive(bench.course.url);
    for (const lab of await bench.course.startableLabs(bench.say)) {
      await measureLab(bench, learner, lab).catch((error: unknown) => bench.results.recordFailure('check', error, lab));
    }
  },
};

async function measureLab({ course, results, times }: Bench, learner: Learner, lab: string): Promise<void> {
  await using session = await openSession(learner, lab);
  const count = times(6, 2);
  const atStart = await timeChecks(learner, session.id, count);
  results.recordPercentiles(atStart.times, { 'check.start-p50': 50, 'check.start-p95': 95 }, { lab });
  await solve(course.engine, lab);
  const whenSolved = await timeChecks(learner, session.id, count);
  if (!whenSolved.allPassed) throw new Error(`The checks do not pass after solution.sh: ${whenSolved.verdicts}`);
  results.recordPercentiles(whenSolved.times, { 'check.solved-p50': 50, 'check.solved-p95': 95 }, { lab });
}

async function timeChecks(learner: Learner, id: string, count: number): Promise<{ times: number[]; allPassed: boolean; verdicts: string }> {
  const times: number[] = [];
  let allPassed = true;
  let verdicts = '';
  while (times.length < count) {
    const startedAt = performance.now();
    const { tasks } = await learner.check(id);
    times.push(performance.now() - startedAt);
    allPassed &&= tasks.every((task) => task.passed || task.bonus);
    verdicts = tasks.map((task) => `${task.id} ${task.messageId ?? task.state}`).join(', ');
  }
  return { times, allPassed, verdicts };
}

async function solve(engine: Bench['course']['engine'], lab: string): Promise<void> {
  const script = await readFile(join(project, 'labs', lab, 'solution.sh'), 'utf8');
  const { container } = await onlyDockerHost(engine, lab);
  const { exitCode, output } = await execute(container, ['bash', '-c', script], { environment: { HOME: '/root' }, directory: '/root' });
  if (exitCode !== 0) throw new Error(`solution.sh ended with ${exitCode}: ${output.slice(-300)}`);
}
