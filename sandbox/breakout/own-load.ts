import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How this process, which does in these tests what the keeper does, got through something. */
export interface OwnLoad {
  /** The longest time in which it did nothing else. */
  readonly stallMs: number;
  /** By how much its memory grew at most. */
  readonly grownMiB: number;
}

/** Runs `action` and says what it cost. */
export async function withOwnLoad<T>(action: () => Promise<T>): Promise<OwnLoad & { readonly result: T }> {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const look = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  try {
    const result = await action();
    return { result, stallMs: Math.round(delay.max / 1e6), grownMiB: Math.round((peak - before) / 1024 ** 2) };
  } finally {
    delay.disable();
    clearInterval(look);
  }
}

/** More than any of these may cost; the machine they run on may be slow. */
const bearable: OwnLoad = { stallMs: 2000, grownMiB: 400 };

/** What was unbearable about it. */
export function unbearable({ stallMs, grownMiB }: OwnLoad): string[] {
  return [
    ...(stallMs > bearable.stallMs ? [`the keeper stood still for ${stallMs} ms`] : []),
    ...(grownMiB > bearable.grownMiB ? [`the keeper's memory grew by ${grownMiB} MiB`] : []),
  ];
}
