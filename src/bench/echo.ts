import { setTimeout as sleep } from 'node:timers/promises';
import type { Desk } from './desk.ts';

const limitMs = 10_000;
/** A quick typist's pace, uneven so that nothing falls into step with a timer. */
const pauseMs = (): number => 8 + Math.random() * 16;

/** Presses a key and gives the milliseconds until something comes back. */
type Press = () => Promise<number>;

/**
 * Milliseconds from keystroke to echo, `count` in the course's terminal and as many in a bare `docker exec` in the same Docker host, by turns.
 * In both, the kernel's terminal echoes. The terminal runs `cat` afterwards.
 */
export async function timeEchoes({ terminal, openBareTerminal }: Desk, count: number): Promise<{ terminal: number[]; bare: number[] }> {
  terminal.type('exec cat > /dev/null\r');
  using bare = await openBareTerminal(['cat']);
  await sleep(500);
  const pressInTerminal = keyboard(
    () => terminal.type('x'),
    (onEcho) => (terminal.onOutput = onEcho),
  );
  const pressInBare = keyboard(
    () => void bare.stream.write('x'),
    (onEcho) => void bare.stream.on('data', onEcho),
  );
  const times = { terminal: [] as number[], bare: [] as number[] };
  while (times.bare.length < count) {
    await sleep(pauseMs());
    times.terminal.push(await pressInTerminal());
    await sleep(pauseMs());
    times.bare.push(await pressInBare());
  }
  return times;
}

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
