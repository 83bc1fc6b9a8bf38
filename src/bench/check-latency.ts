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
  const count = times(12, 2);
  const atStart = await timeChecks(learner, session.id, count);
  results.recordPercentiles(atStart.times, { 'check.start-p50': 50, 'check.start-p95': 95 }, { lab });
  await solve(course.engine, lab);
  const whenSolved = await timeChecks(learner, session.id, count);
  if (whenSolved.open.length > 0) throw new Error(`Not all checks passed after solution.sh: ${whenSolved.open.join('; ')}`);
  results.recordPercentiles(whenSolved.times, { 'check.solved-p50': 50, 'check.solved-p95': 95 }, { lab });
  results.record('check.flips', atStart.flips + whenSolved.flips, { lab, samples: atStart.verdicts + whenSolved.verdicts });
}

interface Checks {
  readonly times: number[];
  /** What did not pass in any of the checks. */
  readonly open: string[];
  readonly verdicts: number;
  /** Verdicts that differ from the first one on the same task, although nothing has changed in the sandbox. */
  readonly flips: number;
}

async function timeChecks(learner: Learner, id: string, count: number): Promise<Checks> {
  const times: number[] = [];
  const open: string[] = [];
  const first = new Map<string, boolean>();
  let verdicts = 0;
  let flips = 0;
  while (times.length < count) {
    const startedAt = performance.now();
    const { tasks } = await learner.check(id);
    times.push(performance.now() - startedAt);
    for (const task of tasks) {
      verdicts++;
      if (!first.has(task.id)) first.set(task.id, task.passed);
      if (first.get(task.id) !== task.passed) flips++;
      if (!task.passed && !task.bonus) open.push(`${task.id} in check ${times.length}: ${task.state}, ${task.messageId ?? ''} (${task.evidence.join(', ')})`);
    }
  }
  return { times, open, verdicts, flips };
}

async function solve(engine: Bench['course']['engine'], lab: string): Promise<void> {
  const script = await readFile(join(project, 'labs', lab, 'solution.sh'), 'utf8');
  const { container } = await onlyDockerHost(engine, lab);
  const { exitCode, output } = await execute(container, ['bash', '-c', script], { environment: { HOME: '/root' }, directory: '/root' });
  if (exitCode !== 0) throw new Error(`solution.sh ended with ${exitCode}: ${output.slice(-300)}`);
}
