import type { SandboxRest } from './sandbox-rest.ts';
import type { Sandboxes } from './sandboxes.ts';

/** A warm sandbox has nothing to do, but Go gives back memory it needed to start only while it runs. */
const warmSleepAfterMs = 30_000;

/** Lets those sandboxes sleep that nobody has used for `sleepAfterMs`, and warm ones soon. To be called every few seconds. */
export function letSleep(sandboxes: Sandboxes, sleepAfterMs: number): void {
  const { inUse, warm } = sandboxes.allParts();
  for (const { rest } of inUse) rest.look(sleepAfterMs);
  for (const { rest } of warm) rest.look(Math.min(sleepAfterMs, warmSleepAfterMs));
}

/** All sleep until the next keeper wakes them: without one nobody can use them, and nobody would stop what runs in them. */
export function letAllSleep(sandboxes: Sandboxes): void {
  for (const rest of allRests(sandboxes)) rest.fallAsleep();
}

/** How many sleep, warm ones included. */
export function countSleeping(sandboxes: Sandboxes): number {
  return allRests(sandboxes).filter((rest) => rest.isAsleep).length;
}

function allRests(sandboxes: Sandboxes): SandboxRest[] {
  const { inUse, warm } = sandboxes.allParts();
  return [...inUse, ...warm].map(({ rest }) => rest);
}
