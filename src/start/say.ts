const started = performance.now();

/** One line of progress with the time since the start: `[  3 s] engine: ready`. */
export function say(phase: string, text: string): void {
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`[${String(seconds).padStart(3)} s] ${phase.padEnd(9)} ${text}`);
}

/** A line that replaces itself on a terminal; elsewhere it appears only now and then. */
export function sayInPlace(phase: string): { (text: string): void; end(): void } {
  const isTerminal = process.stdout.isTTY;
  let saidAt = 0;
  const show = (text: string): void => {
    const wait = isTerminal ? 150 : 10_000;
    if (Date.now() - saidAt < wait) return;
    saidAt = Date.now();
    if (!isTerminal) return say(phase, text);
    const seconds = Math.round((performance.now() - started) / 1000);
    process.stdout.write(`\r\u001B[K[${String(seconds).padStart(3)} s] ${phase.padEnd(9)} ${text}`.slice(0, (process.stdout.columns ?? 100) + 4));
  };
  return Object.assign(show, { end: () => void (isTerminal && process.stdout.write('\r\u001B[K')) });
}

/** `██████░░░░ 60 %` */
export function bar(fraction: number, width = 20): string {
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * width);
  return `${'█'.repeat(full)}${'░'.repeat(width - full)} ${String(Math.round(fraction * 100)).padStart(3)} %`;
}
