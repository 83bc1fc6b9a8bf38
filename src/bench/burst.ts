import { setTimeout as sleep } from 'node:timers/promises';
import type { Session, SessionEvent } from '#protocol/api.ts';
import { Learner } from './learner.ts';
import type { Measurement } from './measurement.ts';
import { percentile } from './statistics.ts';

const overMs = 10_000;
const limitMs = 300_000;

/** How one learner fared. */
interface Start {
  readonly session: string | undefined;
  readonly learner: Learner;
  /** From the click; undefined: there never was one. */
  readonly promptMs: number | undefined;
  /** Places in the queue, as they were shown. */
  readonly places: readonly number[];
  readonly hasWaited: boolean;
}

/** A class clicks "start" within ten seconds, nothing being ready. */
export const burst: Measurement = {
  name: 'burst',
  warm: 0,
  async run({ course, results, times, say }) {
    const [lab = ''] = await course.startableLabs(say);
    const count = times(30, 8);
    const learners = await Promise.all(Array.from({ length: count }, () => Learner.arrive(course.url)));
    let served = 0;
    const clickedAt = performance.now();
    const starts = await Promise.all(
      learners.map(async (learner, index) => {
        await sleep((index * overMs) / count);
        const start = await startAndWait(learner, lab, say);
        if (start.promptMs !== undefined && ++served % 5 === 0) say(`${served} of ${count} have a prompt`);
        return start;
      }),
    );
    const lastPromptMs = performance.now() - clickedAt;
    const prompts = starts.flatMap(({ promptMs }) => (promptMs === undefined ? [] : [promptMs / 1000]));
    results.record('burst.failures', starts.length - prompts.length, { samples: count });
    results.record('burst.without-place', starts.filter(({ hasWaited, places }) => hasWaited && places.length === 0).length, { samples: count });
    results.record('burst.place-max', Math.max(0, ...starts.flatMap(({ places }) => places)), { samples: count });
    if (prompts.length > 0) {
      results.record('burst.prompt-first', Math.min(...prompts), { samples: prompts.length });
      results.record('burst.prompt-p50', percentile(prompts, 50), { samples: prompts.length });
      results.record('burst.prompt-max', Math.max(...prompts), { samples: prompts.length });
    }
    results.record('burst.all', lastPromptMs / 1000, { samples: count });
    await Promise.all(starts.map(({ learner, session }) => (session === undefined ? Promise.resolve() : learner.endSession(session))));
  },
};

async function startAndWait(learner: Learner, lab: string, say: (line: string) => void): Promise<Start> {
  const clickedAt = performance.now();
  const places: number[] = [];
  let session: string | undefined;
  let hasWaited = false;
  const ready = Promise.withResolvers<void>();
  // Awaited only when the session is there.
  ready.promise.catch(() => undefined);
  const note = (event: SessionEvent): void => {
    if (event.type !== 'session') return;
    const { state, queue, reason } = event.session;
    hasWaited ||= state === 'queued';
    if (queue !== undefined) places.push(queue.place);
    if (state === 'ready') ready.resolve();
    else if (isOver(state)) ready.reject(new Error(`the session is ${state}: ${reason?.en ?? 'no reason given'}`));
  };
  const timer = setTimeout(() => ready.reject(new Error(`not ready after ${limitMs / 1000} s`)), limitMs);
  try {
    session = (await learner.startSession(lab)).id;
    using _events = await learner.followEvents(session, note);
    await ready.promise;
    using terminal = learner.openTerminal(session);
    await terminal.waitForPrompt();
    return { session, learner, promptMs: performance.now() - clickedAt, places, hasWaited };
  } catch (error) {
    say(`a learner got no prompt: ${error instanceof Error ? error.message : String(error)}`);
    return { session, learner, promptMs: undefined, places, hasWaited };
  } finally {
    clearTimeout(timer);
  }
}

function isOver(state: Session['state']): boolean {
  return state === 'ended' || state === 'expired' || state === 'failed';
}
