import { setTimeout as sleep } from 'node:timers/promises';
import { Learner } from './learner.ts';
import type { Measurement } from './measurement.ts';
import { openSession } from './session-start.ts';

const floodMs = 1500;

/** Ctrl-C while output floods the terminal: until the prompt is there, which comes after everything written before it. */
export const interrupt: Measurement = {
  name: 'interrupt',
  warm: 0,
  async run({ course, results, times, say }) {
    const [lab = ''] = await course.startableLabs(say);
    const learner = await Learner.arrive(course.url);
    await using session = await openSession(learner, lab);
    using terminal = learner.openTerminal(session.id);
    await terminal.waitForPrompt();
    const waits: number[] = [];
    while (waits.length < times(10, 3)) {
      terminal.type(`yes ${'x'.repeat(99)}\r`);
      await sleep(floodMs);
      terminal.forget();
      const pressedAt = performance.now();
      terminal.type('\u0003');
      await terminal.waitForPrompt();
      waits.push(performance.now() - pressedAt);
    }
    results.recordPercentiles(waits, { 'interrupt.prompt-p50': 50, 'interrupt.prompt-max': 100 });
  },
};
