import type { CheckResult } from '#protocol/verdict.ts';
import { createBackoff } from './check-backoff.ts';

export type CheckCause = 'button' | 'docker' | 'activity' | 'start';

/** When the checks of one session run: never two at a time, and by themselves only while a browser watches. */
export interface CheckSchedule extends Disposable {
  /** Runs a check that begins after this call; waits for a running one first. Several calls meanwhile share one check. */
  checkNow(cause: CheckCause): Promise<CheckResult>;
  /** Something happened in the nested engine. */
  noteDockerEvent(): void;
  /** The learner typed something in a terminal. */
  noteInput(): void;
  /** A browser began to watch: catches up on what happened unwatched. */
  noteWatcher(): void;
}

export interface CheckTimings {
  /** A check follows the last of a burst of Docker events after this time … */
  readonly debounceMs: number;
  /** … and the first of them after this time at the latest. */
  readonly maxDebounceMs: number;
  /** The terminal counts as quiet after this time without input. */
  readonly quietMs: number;
  /** Least time between the end of a check and one for terminal input. */
  readonly activityGapMs: number;
}

export const defaultCheckTimings: CheckTimings = { debounceMs: 400, maxDebounceMs: 1500, quietMs: 2500, activityGapMs: 10_000 };

export function createCheckSchedule(options: {
  run: (cause: CheckCause) => Promise<CheckResult>;
  isWatched: () => boolean;
  timings: CheckTimings;
  /** Something may have happened before this schedule began. */
  isBehind: boolean;
}): CheckSchedule {
  const { run, isWatched, timings } = options;
  const backoff = createBackoff();
  let running: Promise<CheckResult> | undefined;
  let following: Promise<CheckResult> | undefined;
  let followingCause: CheckCause | undefined;
  let isBehind = options.isBehind;
  let isDisposed = false;
  let dockerTimer: NodeJS.Timeout | undefined;
  let firstEventAt: number | undefined;
  let activityTimer: NodeJS.Timeout | undefined;
  let lastEndAt = -Infinity;

  function checkNow(cause: CheckCause): Promise<CheckResult> {
    if (!running) return start(cause);
    // Shared by all who wait for it. The button's is the only full one, so it is enough for the others, but not the other way round.
    if (followingCause !== 'button') followingCause = cause;
    following ??= running.then(ignore, ignore).then(() => {
      const next = followingCause ?? cause;
      following = undefined;
      followingCause = undefined;
      // Not start: another check may have begun between the end of the running one and this moment.
      return checkNow(next);
    });
    return following;
  }

  function start(cause: CheckCause): Promise<CheckResult> {
    clearTimeout(dockerTimer);
    firstEventAt = undefined;
    isBehind = false;
    const current = run(cause);
    running = current;
    void current.then(
      (result) => finish(cause, result),
      () => finish(cause, undefined),
    );
    return current;
  }

  function finish(cause: CheckCause, result: CheckResult | undefined): void {
    running = undefined;
    isBehind ||= result === undefined;
    lastEndAt = Date.now();
    backoff.noteCheck(cause === 'docker', result, lastEndAt);
    if (firstEventAt === undefined) return;
    firstEventAt = undefined;
    noteDockerEvent();
  }

  function noteDockerEvent(): void {
    if (isDisposed) return;
    if (!isWatched()) {
      isBehind = true;
      return;
    }
    const now = Date.now();
    if (firstEventAt === undefined) backoff.noteTrigger(now, running !== undefined);
    firstEventAt ??= now;
    // The end of the running check looks at firstEventAt and calls this again.
    if (running) return;
    const dueAt = Math.max(Math.min(now + timings.debounceMs, firstEventAt + timings.maxDebounceMs), lastEndAt + backoff.delayMs());
    clearTimeout(dockerTimer);
    dockerTimer = setTimeout(runByItself, dueAt - now, 'docker');
  }

  function noteInput(): void {
    if (isDisposed) return;
    clearTimeout(activityTimer);
    activityTimer = setTimeout(runAfterInput, timings.quietMs);
  }

  function runAfterInput(): void {
    const waitMs = running ? timings.activityGapMs : lastEndAt + timings.activityGapMs - Date.now();
    if (waitMs > 0) activityTimer = setTimeout(runAfterInput, waitMs);
    else runByItself('activity');
  }

  function runByItself(cause: CheckCause): void {
    if (isDisposed || running) return;
    if (isWatched()) checkNow(cause).catch(ignore);
    else isBehind = true;
  }

  return {
    checkNow,
    noteDockerEvent,
    noteInput,
    noteWatcher() {
      if (isBehind && !isDisposed) checkNow('start').catch(ignore);
    },
    [Symbol.dispose]() {
      isDisposed = true;
      clearTimeout(dockerTimer);
      clearTimeout(activityTimer);
    },
  };
}

/** Failures of checks that nobody waits for are published by `run` itself. */
function ignore(): void {}
