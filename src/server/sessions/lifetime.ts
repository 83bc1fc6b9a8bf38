import type { Lab } from '#lab';

const minuteMs = 60_000;

/** How long a session of a lab lasts, from the moment it has a sandbox. In milliseconds. */
export function lifetimeMs(lab: Lab): number {
  return Math.max(60, lab.minutes + 30) * minuteMs;
}
