const firstDelayMs = 200;
const longestDelayMs = 2500;

/** How long to wait before attempt number `attempt` (from 0): doubling, capped, and spread so that a class does not come back in step. */
export function reconnectDelayMs(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(longestDelayMs, firstDelayMs * 2 ** attempt);
  return Math.round(ceiling * (0.5 + random() / 2));
}
