import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxParts } from './sandbox-parts.ts';

export interface Launch {
  /** Makes the sandbox; stops between two steps when the signal says so, and then leaves what it made. */
  create(signal: AbortSignal): Promise<SandboxParts>;
  /** Removes whatever of it is there. */
  remove(): Promise<void>;
}

/** How long one that was given up may take to come back from its present step, before it counts as stuck. */
const settleLimitMs = 15_000;

/**
 * Makes a sandbox that is ready within `limitMs`. One that takes longer, or fails, is removed and, as long as `isWanted`, made once more. Throws
 * why the last one failed.
 */
export async function launchSandbox(launch: Launch, limitMs: number, isWanted: () => boolean): Promise<SandboxParts> {
  try {
    return await launchOnce(launch, limitMs);
  } catch (error) {
    if (!isWanted() || error instanceof StuckLaunch) throw error;
    console.error('A sandbox did not get ready, trying once more:', error);
    return launchOnce(launch, limitMs);
  }
}

/** Its present step does not end: a second one of the same name would be in its way. */
class StuckLaunch extends Error {}

/** Like `launchSandbox`, without a second try. */
export async function launchOnce(launch: Launch, limitMs: number): Promise<SandboxParts> {
  const givenUp = new AbortController();
  const creating = launch.create(givenUp.signal);
  const result = await within(creating, limitMs);
  if (result !== undefined) return result;
  givenUp.abort();
  const hasSettled = await within(
    creating.then(
      (parts) => parts.close().then(() => true),
      () => true,
    ),
    settleLimitMs,
  );
  await launch.remove();
  const reason = `Cannot start a sandbox: it was not ready within ${limitMs / 1000} s`;
  throw hasSettled === true ? new Error(reason) : new StuckLaunch(`${reason}, and cannot be stopped`);
}

/** undefined: it took longer. */
async function within<Result>(work: Promise<Result>, limitMs: number): Promise<Result | undefined> {
  const timer = new AbortController();
  try {
    return await Promise.race([work, sleep(limitMs, undefined, { signal: timer.signal })]);
  } finally {
    timer.abort();
  }
}
