import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CheckResult } from '#protocol/verdict.ts';
import { createCheckSchedule, defaultCheckTimings, type CheckCause } from './check-schedule.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const checkMs = 200;

function setUp(options: { isBehind?: boolean } = {}) {
  const state = { isWatched: true, isFailing: false, passed: 0, parallel: 0, maxParallel: 0 };
  const runs: { cause: CheckCause; at: number }[] = [];
  const begin = Date.now();
  const schedule = createCheckSchedule({
    run: async (cause) => {
      runs.push({ cause, at: Date.now() - begin });
      state.maxParallel = Math.max(state.maxParallel, ++state.parallel);
      await new Promise((resolve) => setTimeout(resolve, checkMs));
      state.parallel -= 1;
      if (state.isFailing) throw new Error('keeper is away');
      return { passed: state.passed, total: 1, points: 0, tasks: [], checkedAt: '', milliseconds: 1 } satisfies CheckResult;
    },
    isWatched: () => state.isWatched,
    timings: defaultCheckTimings,
    isBehind: options.isBehind ?? false,
  });
  return { schedule, runs, state };
}

test('a burst of Docker events makes one check, 400 ms after the last', async () => {
  const { schedule, runs } = setUp();
  schedule.noteDockerEvent();
  await vi.advanceTimersByTimeAsync(300);
  schedule.noteDockerEvent();
  await vi.advanceTimersByTimeAsync(399);
  expect(runs).toEqual([]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(runs).toEqual([{ cause: 'docker', at: 700 }]);
});

test('events without a pause cannot put the check off forever', async () => {
  const { schedule, runs } = setUp();
  for (let at = 0; at < 3000; at += 100) {
    schedule.noteDockerEvent();
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(runs[0]).toEqual({ cause: 'docker', at: 1500 });
});

test('events during a check make one more after it', async () => {
  const { schedule, runs, state } = setUp();
  void schedule.checkNow('button');
  await vi.advanceTimersByTimeAsync(50);
  schedule.noteDockerEvent();
  schedule.noteDockerEvent();
  await vi.advanceTimersByTimeAsync(5000);
  expect(runs).toEqual([
    { cause: 'button', at: 0 },
    { cause: 'docker', at: checkMs + 400 },
  ]);
  expect(state.maxParallel).toBe(1);
});

test('a button pressed during a check gets a check that began later, shared by all who press', async () => {
  const { schedule, runs, state } = setUp();
  const first = schedule.checkNow('docker');
  const [second, third] = [schedule.checkNow('button'), schedule.checkNow('button')];
  await vi.advanceTimersByTimeAsync(1000);
  expect(await second).toBe(await third);
  expect(await second).not.toBe(await first);
  expect(runs.map(({ cause }) => cause)).toEqual(['docker', 'button']);
  expect(state.maxParallel).toBe(1);
});

test('a button pressed while another check is due makes that one a full one', async () => {
  const { schedule, runs } = setUp();
  void schedule.checkNow('start');
  const waiting = schedule.checkNow('docker');
  const asked = schedule.checkNow('button');
  void schedule.checkNow('activity');
  await vi.advanceTimersByTimeAsync(1000);
  expect(await asked).toBe(await waiting);
  expect(runs.map(({ cause }) => cause)).toEqual(['start', 'button']);
});

test('a failed check does not keep the next from running', async () => {
  const { schedule, runs, state } = setUp();
  state.isFailing = true;
  // oxlint-disable-next-line vitest/valid-expect -- awaited below, after the time has moved on
  const failing = expect(schedule.checkNow('button')).rejects.toThrow('keeper is away');
  const next = schedule.checkNow('button');
  await vi.advanceTimersByTimeAsync(checkMs);
  state.isFailing = false;
  await vi.advanceTimersByTimeAsync(1000);
  await failing;
  await expect(next).resolves.toMatchObject({ total: 1 });
  expect(runs).toHaveLength(2);
});

test('quiet after input makes a check once the last one is ten seconds old', async () => {
  const { schedule, runs } = setUp();
  schedule.noteInput();
  await vi.advanceTimersByTimeAsync(2000);
  schedule.noteInput();
  await vi.advanceTimersByTimeAsync(3000);
  expect(runs).toEqual([{ cause: 'activity', at: 4500 }]);
  schedule.noteInput();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(runs.slice(1)).toEqual([{ cause: 'activity', at: 4500 + checkMs + 10_000 }]);
});

test('nothing is checked by itself while nobody watches, and a new watcher gets what was missed', async () => {
  const { schedule, runs, state } = setUp();
  state.isWatched = false;
  schedule.noteDockerEvent();
  schedule.noteInput();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(runs).toEqual([]);
  state.isWatched = true;
  schedule.noteWatcher();
  schedule.noteWatcher();
  await vi.advanceTimersByTimeAsync(1000);
  expect(runs).toEqual([{ cause: 'start', at: 60_000 }]);
  schedule.noteWatcher();
  await vi.advanceTimersByTimeAsync(1000);
  expect(runs).toHaveLength(1);
});

test('a schedule that begins late catches up with the first watcher', async () => {
  const { schedule, runs } = setUp({ isBehind: true });
  schedule.noteWatcher();
  await vi.advanceTimersByTimeAsync(1000);
  expect(runs).toEqual([{ cause: 'start', at: 0 }]);
});

test('a container that restarts forever is checked ever more seldom, and a change ends that', async () => {
  const { schedule, runs } = setUp();
  const noise = setInterval(() => schedule.noteDockerEvent(), 300);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(runs.length).toBeLessThan(15);
  clearInterval(noise);
  await vi.advanceTimersByTimeAsync(60_000);
  const before = runs.length;
  const at = Date.now();
  schedule.noteDockerEvent();
  await vi.advanceTimersByTimeAsync(400);
  expect(runs.length).toBe(before + 1);
  expect(Date.now() - at).toBe(400);
});

test('a disposed schedule runs nothing more by itself', async () => {
  const { schedule, runs } = setUp();
  schedule.noteDockerEvent();
  schedule.noteInput();
  schedule[Symbol.dispose]();
  schedule.noteDockerEvent();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(runs).toEqual([]);
});
