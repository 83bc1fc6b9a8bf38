import { setTimeout as sleep } from 'node:timers/promises';
import { execute } from '#sandbox/engine/execute.ts';
import { onlyDockerHost } from './docker-hosts.ts';
import { Learner } from './learner.ts';
import type { Bench, Measurement } from './measurement.ts';
import { openSession } from './session-start.ts';

const limitMs = 30_000;
/** Events that follow a check sooner than this count as a chain, which the server slows down on purpose. */
const pauseMs = 1500;

/** From a docker command in the sandbox to its verdicts on the events WebSocket, which the page puts into the task list at once. */
export const dockerEvent: Measurement = {
  name: 'docker-event',
  warm: 0,
  async run(bench) {
    const learner = await Learner.arrive(bench.course.url);
    for (const lab of await bench.course.startableLabs(bench.say)) {
      await measureLab(bench, learner, lab).catch((error: unknown) => bench.results.recordFailure('docker-event', error, lab));
    }
  },
};

async function measureLab({ course, results, times }: Bench, learner: Learner, lab: string): Promise<void> {
  await using session = await openSession(learner, lab);
  const { container } = await onlyDockerHost(course.engine, lab);
  const noticed: number[] = [];
  const checked: number[] = [];
  const follower = followChecks();
  using _events = await learner.followEvents(session.id, follower.onEvent);
  while (checked.length < times(4, 2)) {
    await sleep(pauseMs);
    // The clock is the machine's; it is read inside, so that getting into the sandbox does not count.
    const next = follower.next();
    const { exitCode, output } = await execute(container, ['sh', '-c', `date +%s%N && docker network create bench-${checked.length}`]);
    if (exitCode !== 0) throw new Error(`docker network create ended with ${exitCode}: ${output.slice(-300)}`);
    const actedAt = Number(output.slice(0, output.indexOf('\n'))) / 1e6;
    const { beganAt, endedAt } = await next;
    noticed.push(beganAt - actedAt);
    checked.push(endedAt - actedAt);
  }
  results.recordPercentiles(noticed, { 'docker-event.noticed-p50': 50 }, { lab });
  results.recordPercentiles(checked, { 'docker-event.checked-p50': 50, 'docker-event.checked-p95': 95 }, { lab });
}

interface CheckMoments {
  readonly beganAt: number;
  readonly endedAt: number;
}

/** Listens to the events; `next` is the next check for a Docker event, from its beginning to its verdicts. */
function followChecks(): { onEvent: Parameters<Learner['followEvents']>[1]; next: () => Promise<CheckMoments> } {
  let beganAt: number | undefined;
  let waiting: ((moments: CheckMoments) => void) | undefined;
  return {
    onEvent(event) {
      const now = performance.timeOrigin + performance.now();
      if (event.type === 'checking') beganAt = event.cause === 'docker' ? now : undefined;
      if (event.type === 'checked' && beganAt !== undefined) waiting?.({ beganAt, endedAt: now });
    },
    next: () =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`No check followed the docker command within ${limitMs / 1000} s`)), limitMs);
        beganAt = undefined;
        waiting = (moments) => {
          clearTimeout(timer);
          resolve(moments);
        };
      }),
  };
}
