import { setTimeout as sleep } from 'node:timers/promises';
import { openDesk } from './desk.ts';
import type { Measurement } from './measurement.ts';

const floodMs = 1500;

/** Ctrl-C while output floods the terminal: until the prompt is there, which comes after everything written before it. */
export const interrupt: Measurement = {
  name: 'interrupt',
  warm: 0,
  async run(bench) {
    await using desk = await openDesk(bench);
    const { terminal } = desk;
    const waits: number[] = [];
    while (waits.length < bench.times(10, 3)) {
      terminal.type(`yes ${'x'.repeat(99)}\r`);
      await sleep(floodMs);
      terminal.forget();
      const pressedAt = performance.now();
      terminal.type('\u0003');
      await terminal.waitForPrompt();
      waits.push(performance.now() - pressedAt);
    }
    bench.results.recordPercentiles(waits, { 'interrupt.prompt-p50': 50, 'interrupt.prompt-max': 100 });
  },
};
