import { setTimeout as sleep } from 'node:timers/promises';
import type { Course } from './course.ts';
import { Learner } from './learner.ts';
import type { Measurement } from './measurement.ts';
import { openSession } from './session-start.ts';
import type { Terminal } from './terminal.ts';
import { waitForWarmPool } from './warm-pool.ts';

const limitMs = 60_000;
/** After this time a process that was started again counts as well, and the next crash is a first one. */
const recoveryMs = 11_000;

/** Kills the server, then the keeper, under an open terminal, which connects again as the page does. The shell must be the same one. */
export const reattachment: Measurement = {
  name: 'reattachment',
  warm: 1,
  async run({ course, results, times, say }) {
    const labs = await course.startableLabs(say);
    const learner = await Learner.arrive(course.url);
    await waitForWarmPool(course, labs);
    await using session = await openSession(learner, labs[0] ?? '');
    const waits = { server: [] as number[], keeper: [] as number[] };
    for (let round = 0; round < times(3, 1); round++) {
      for (const which of ['server', 'keeper'] as const) {
        if (round > 0) await sleep(recoveryMs / 2);
        waits[which].push(await timeReattachment(course, learner, session.id, which));
      }
    }
    results.recordPercentiles(waits.server, { 'reattachment.server-max': 100 });
    results.recordPercentiles(waits.keeper, { 'reattachment.keeper-max': 100 });
  },
};

async function timeReattachment(course: Course, learner: Learner, id: string, which: 'server' | 'keeper'): Promise<number> {
  using before = learner.openTerminal(id);
  const { shell } = await before.attached;
  await before.run('value=$((21 * 2)); echo value-is-$value', /value-is-42/);
  const killedAt = performance.now();
  course.kill(which);
  await before.closed;
  using after = await reconnect(learner, id, before.seq);
  const waitMs = performance.now() - killedAt;
  const { shell: shellAfter, seq } = await after.attached;
  if (shellAfter !== shell || seq !== before.seq) throw new Error(`After the ${which} was killed the terminal is not where it was`);
  await after.run('echo still-$value', /still-42/);
  return waitMs;
}

/** Tries until a shell is attached, with the page's pauses between the attempts. */
async function reconnect(learner: Learner, id: string, seq: bigint): Promise<Terminal> {
  const deadline = performance.now() + limitMs;
  for (let attempt = 0; performance.now() < deadline; attempt++) {
    await sleep(pageDelayMs(attempt));
    const terminal = learner.openTerminal(id, { seq });
    const isAttached = await Promise.race([
      terminal.attached.then(
        () => true,
        () => false,
      ),
      sleep(limitMs, false, { ref: false }),
    ]);
    if (isAttached) return terminal;
    terminal[Symbol.dispose]();
  }
  throw new Error(`The terminal did not come back within ${limitMs / 1000} s`);
}

/** As src/site/lab/reconnect-delay.ts, without its random part: the longest it may wait. */
function pageDelayMs(attempt: number): number {
  return Math.min(2500, 200 * 2 ** attempt);
}
