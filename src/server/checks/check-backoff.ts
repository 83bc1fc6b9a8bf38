import type { CheckResult } from '#protocol/verdict.ts';

const chainGapMs = 1000;
const freeChecks = 2;
const maxDelayMs = 30_000;

/**
 * Slows down checks that follow one another without saying anything new: a container that restarts forever sends Docker events
 * without end, and must not keep the machine busy with checks for one session. A lone event is never delayed.
 */
export function createBackoff() {
  let lastEndAt = -Infinity;
  let lastVerdicts: string | undefined;
  let isChained = false;
  let unchangedChecks = 0;
  return {
    /** The first Docker event since the last check began. */
    noteTrigger(now: number, isDuringCheck: boolean): void {
      isChained = isDuringCheck || now - lastEndAt < chainGapMs;
      if (!isChained) unchangedChecks = 0;
    },
    noteCheck(isByDockerEvent: boolean, result: CheckResult | undefined, now: number): void {
      const verdicts = result?.tasks.map((task) => `${task.id} ${task.state} ${task.messageId ?? ''}`).join('\n');
      unchangedChecks = isByDockerEvent && isChained && verdicts === lastVerdicts ? unchangedChecks + 1 : 0;
      lastVerdicts = verdicts;
      lastEndAt = now;
    },
    /** Least time from the end of the last check to the next one by a Docker event. */
    delayMs(): number {
      return unchangedChecks < freeChecks ? 0 : Math.min(maxDelayMs, 1000 * 2 ** (unchangedChecks - freeChecks));
    },
  };
}
