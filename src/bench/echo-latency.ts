import { setTimeout as sleep } from 'node:timers/promises';
import { openBareTerminal } from './bare-terminal.ts';
import { onlyDockerHost } from './docker-hosts.ts';
import { Learner } from './learner.ts';
import type { Measurement } from './measurement.ts';
import { openSession } from './session-start.ts';
import { percentile } from './statistics.ts';

const limitMs = 10_000;
/** A quick typist's pace, uneven so that nothing falls into step with a timer. */
const pauseMs = (): number => 8 + Math.random() * 16;

/** Presses a key and gives the milliseconds until something comes back. */
type Press = () => Promise<number>;

/** Keystrokes by turns in the course's terminal and in a bare `docker exec` in the same sandbox. In both, the kernel's terminal echoes. */
export const echoLatency: Measurement = {
  name: 'echo',
  warm: 0,
  async run({ course, results, times, say }) {
    const [lab = ''] = await course.startableLabs(say);
    const learner = await Learner.arrive(course.url);
    await using session = await openSession(learner, lab);
    using terminal = learner.openTerminal(session.id);
    await terminal.waitForPrompt();
    terminal.type('exec cat > /dev/null\r');
    const { container } = await onlyDockerHost(course.engine, lab);
    using bare = await openBareTerminal(container, ['cat']);
    await sleep(500);
    const pressInTerminal = keyboard(
      () => terminal.type('x'),
      (onEcho) => (terminal.onOutput = onEcho),
    );
    const pressInBare = keyboard(
      () => void bare.stream.write('x'),
      (onEcho) => void bare.stream.on('data', onEcho),
    );
    const inTerminal: number[] = [];
    const inBare: number[] = [];
    while (inBare.length < times(400, 200)) {
      await sleep(pauseMs());
      inTerminal.push(await pressInTerminal());
      await sleep(pauseMs());
      inBare.push(await pressInBare());
    }
    results.recordPercentiles(inTerminal, { 'echo.terminal-p50': 50, 'echo.terminal-p95': 95 });
    results.recordPercentiles(inBare, { 'echo.bare-p50': 50, 'echo.bare-p95': 95 });
    results.record('echo.added-p50', percentile(inTerminal, 50) - percentile(inBare, 50), { samples: inBare.length });
    results.record('echo.added-p95', percentile(inTerminal, 95) - percentile(inBare, 95), { samples: inBare.length });
  },
};

function keyboard(press: () => void, listen: (onEcho: () => void) => void): Press {
  let onEcho: () => void = () => undefined;
  listen(() => onEcho());
  return () =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`No echo within ${limitMs / 1000} s`)), limitMs);
      const pressedAt = performance.now();
      onEcho = () => {
        clearTimeout(timer);
        resolve(performance.now() - pressedAt);
      };
      press();
    });
}
