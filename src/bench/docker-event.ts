import { setTimeout as sleep } from 'node:timers/promises';
import type { SessionEvent } from '#protocol/api.ts';
import { execute } from '#sandbox/engine/execute.ts';
import { onlyDockerHost } from './docker-hosts.ts';
import { Learner } from './learner.ts';
import type { Bench, Measurement } from './measurement.ts';
import { openSession } from './session-start.ts';

const limitMs = 45_000;
/** Events that follow a check sooner than this count as a chain, which the server slows down on purpose. */
const pauseMs = 1500;
/** After this time the server checks by itself because something was typed. */
const activityMs = 3000;

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
  const checks = new CheckLog();
  using _events = await learner.followEvents(session.id, (event) => checks.note(event));
  // What was typed to open the session brings about a check of its own.
  await sleep(activityMs);
  while (checked.length < times(4, 2)) {
    await checks.waitForQuiet();
    const actedAt = await act(container, `bench-${checked.length}`);
    const { beganAt, endedAt } = await checks.waitForCheckAfter(actedAt);
    noticed.push(beganAt - actedAt);
    checked.push(endedAt - actedAt);
  }
  results.recordPercentiles(noticed, { 'docker-event.noticed-p50': 50 }, { lab });
  results.recordPercentiles(checked, { 'docker-event.checked-p50': 50, 'docker-event.checked-p95': 95 }, { lab });
}

/** Runs a docker command in the sandbox. When it began is read inside, by the machine's one clock, so that the way in does not count. */
async function act(container: Awaited<ReturnType<typeof onlyDockerHost>>['container'], network: string): Promise<number> {
  const { exitCode, output } = await execute(container, ['sh', '-c', `date +%s%N && docker network create ${network}`]);
  if (exitCode !== 0) throw new Error(`docker network create ended with ${exitCode}: ${output.slice(-300)}`);
  return Number(output.slice(0, output.indexOf('\n'))) / 1e6;
}

interface CheckMoments {
  readonly beganAt: number;
  readonly endedAt: number;
}

/** When the checks of a session began and ended, as a browser hears of it. */
class CheckLog {
  readonly #checks: CheckMoments[] = [];
  #beganAt: number | undefined;
  #lastAt = 0;

  note(event: SessionEvent): void {
    const now = performance.timeOrigin + performance.now();
    this.#lastAt = now;
    if (event.type === 'checking') this.#beganAt = now;
    if (event.type !== 'checked' || this.#beganAt === undefined) return;
    this.#checks.push({ beganAt: this.#beganAt, endedAt: now });
    this.#beganAt = undefined;
  }

  /** Waits until no check runs and none has run for a while. */
  waitForQuiet(): Promise<true> {
    return until('The checks did not come to rest', () => this.#beganAt === undefined && Date.now() - this.#lastAt > pauseMs);
  }

  waitForCheckAfter(moment: number): Promise<CheckMoments> {
    return until('No check followed the docker command', () => this.#checks.find(({ beganAt }) => beganAt >= moment));
  }
}

async function until<Value>(complaint: string, look: () => Value | false | undefined): Promise<Value> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const value = look();
    if (value !== false && value !== undefined) return value;
    if (Date.now() > deadline) throw new Error(`${complaint} within ${limitMs / 1000} s`);
    await sleep(10);
  }
}
