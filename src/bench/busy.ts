import { setTimeout as sleep } from 'node:timers/promises';
import { burn } from './burn.ts';
import { openDesk, type Desk } from './desk.ts';
import { timeEchoes } from './echo.ts';
import type { Bench, Measurement } from './measurement.ts';
import { percentile } from './statistics.ts';

const burners = 10;
const limitMs = 120_000;
/** Until the burning sandboxes have met their limits. */
const warmUpMs = 10_000;

/** Ten sandboxes that each burn all they may have, and one learner more: does the site still answer, and the terminal echo? */
export const busy: Measurement = {
  name: 'busy',
  warm: 0,
  async run(bench) {
    const { course, results, times, say } = bench;
    await using desks = new AsyncDisposableStack();
    const burning: Disposable[] = [];
    for (let number = 1; number <= burners; number++) {
      const desk = desks.use(await openDesk(bench));
      burning.push(await burn(desk.container));
      say(`${number} of ${burners} sandboxes burn`);
    }
    desks.defer(() => {
      for (const fire of burning) fire[Symbol.dispose]();
    });
    await sleep(warmUpMs);
    const clickedAt = performance.now();
    const desk = desks.use(await openDesk(bench));
    results.record('busy.prompt', performance.now() - clickedAt, { samples: 1 });

    const count = times(200, 60);
    const answers = await timeRequests(count, () => desk.learner.session(desk.session));
    results.recordPercentiles(answers, { 'busy.answer-p50': 50, 'busy.answer-p95': 95 });
    const pages = await timeRequests(times(100, 30), () => readPage(`${course.url}/de/kernel/`));
    results.recordPercentiles(pages, { 'busy.page-p95': 95 });
    await measureEcho(bench, desk, count);
    results.record('busy.sandboxes', burning.length);
  },
};

async function measureEcho({ results }: Bench, desk: Desk, count: number): Promise<void> {
  const { terminal, bare } = await timeEchoes(desk, count);
  results.recordPercentiles(terminal, { 'busy.echo-p50': 50, 'busy.echo-p95': 95 });
  results.recordPercentiles(bare, { 'busy.bare-echo-p95': 95 });
  results.record('busy.added-p95', percentile(terminal, 95) - percentile(bare, 95), { samples: bare.length });
}

/** Asks again and again, at a pace below the limit on requests. */
async function timeRequests(count: number, ask: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  const deadline = performance.now() + limitMs;
  while (times.length < count && performance.now() < deadline) {
    const askedAt = performance.now();
    await ask();
    times.push(performance.now() - askedAt);
    await sleep(220);
  }
  return times;
}

async function readPage(url: string): Promise<void> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`Cannot read ${url}: status ${answer.status}`);
  await answer.text();
}
