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
  if (whenSolved.open.length > 0) throw new Error(`Not all checks passed after solution.sh: ${whenSolved.open.join('; ')}`);
  results.recordPercentiles(whenSolved.times, { 'check.solved-p50': 50, 'check.solved-p95': 95 }, { lab });
}

/** `open` names what did not pass in any of the checks. */
async function timeChecks(learner: Learner, id: string, count: number): Promise<{ times: number[]; open: string[] }> {
  const times: number[] = [];
  const open: string[] = [];
  while (times.length < count) {
    const startedAt = performance.now();
    const { tasks } = await learner.check(id);
    times.push(performance.now() - startedAt);
    for (const task of tasks) {
      if (!task.passed && !task.bonus) open.push(`${task.id} in check ${times.length}: ${task.state}, ${task.messageId ?? ''} (${task.evidence.join(', ')})`);
    }
  }
  return { times, open };
}

async function solve(engine: Bench['course']['engine'], lab: string): Promise<void> {
  const script = await readFile(join(project, 'labs', lab, 'solution.sh'), 'utf8');
  const { container } = await onlyDockerHost(engine, lab);
  const { exitCode, output } = await execute(container, ['bash', '-c', script], { environment: { HOME: '/root' }, directory: '/root' });
  if (exitCode !== 0) throw new Error(`solution.sh ended with ${exitCode}: ${output.slice(-300)}`);
}
