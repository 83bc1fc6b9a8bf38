import { setTimeout as sleep } from 'node:timers/promises';
import { health } from '#protocol/health.ts';
import type { Course } from '../bench/course.ts';
import type { Chance } from './chance.ts';
import { findVictim, killWeights, type KillKind } from './kills.ts';
import type { Ledger } from './ledger.ts';

/** After any kill the course must say within this time that it is well. */
const recoveryLimitMs = 60_000;

/** Kills one after the other until told to stop. Mostly waits until the course has recovered; sometimes two follow each other closely. */
export async function killAtRandom(course: Course, chance: Chance, ledger: Ledger, pauseMs: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sleep(-Math.log(1 - chance.next()) * pauseMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const kind = chance.pick(killWeights);
    const isAlone = chance.is(0.8);
    if (!(await killOne(course, kind, chance, ledger))) continue;
    if (isAlone) await waitForRecovery(course, kind, ledger, signal);
  }
}

/** False: there was nobody to kill. */
async function killOne(course: Course, kind: KillKind, chance: Chance, ledger: Ledger): Promise<boolean> {
  try {
    const victim = await findVictim(course, kind, chance);
    if (victim === undefined) return false;
    // Before, not after: what it breaks may show at once.
    ledger.noteKill(kind, victim.sandbox);
    await victim.kill();
    return true;
  } catch {
    // The engine is away, or the victim has just ended.
    return false;
  }
}

async function waitForRecovery(course: Course, kind: KillKind, ledger: Ledger, signal: AbortSignal): Promise<void> {
  const startedAt = performance.now();
  const isWellAgain = await waitUntilWell(course.url, recoveryLimitMs, signal);
  if (signal.aborted) return;
  if (!isWellAgain) ledger.noteViolation(`the course did not recover within ${recoveryLimitMs / 1000} s after ${kind} was killed`);
  else ledger.noteRecovery(kind, performance.now() - startedAt);
}

/** Waits until the health page says "ok" three times, a little apart: right after a kill the first may be from before. False: it did not. */
export async function waitUntilWell(url: string, limitMs: number, signal: AbortSignal): Promise<boolean> {
  let good = 0;
  for (const deadline = performance.now() + limitMs; performance.now() < deadline && !signal.aborted; await sleep(100)) {
    good = (await isWell(url)) ? good + 1 : 0;
    if (good >= 3) return true;
  }
  return false;
}

async function isWell(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(5000) });
    return health.parse(await response.json()).state === 'ok';
  } catch {
    return false;
  }
}
