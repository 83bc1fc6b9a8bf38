import { readFile } from 'node:fs/promises';
import { stepNames, stepsParameter } from '../step-names.ts';
import { say } from './say.ts';
import { readFacts } from './facts.ts';
import { steps } from './steps.ts';

/** Runs the wanted steps in the virtual machine, one after the other, and says what came of them. One that fails does not keep the others from running. */
const parameters = (await readFile('/proc/cmdline', 'utf8')).trim().split(' ');
const wanted = parameters
  .find((word) => word.startsWith(stepsParameter))
  ?.slice(stepsParameter.length)
  .split(',');
say({ type: 'facts', facts: await readFacts() });
for (const step of stepNames) {
  if (wanted !== undefined && !wanted.includes(step)) continue;
  say({ type: 'begin', step });
  const started = performance.now();
  const result = await steps[step]((line) => say({ type: 'output', line })).catch((error: unknown) => ({
    ok: false,
    summary: error instanceof Error ? error.message : String(error),
  }));
  say({ type: 'end', outcome: { step, ...result, seconds: Math.round((performance.now() - started) / 1000) } });
}
say({ type: 'done' });
