import { expect, test } from 'vitest';
import { typeLines } from './typed-lines.ts';

test('types the next line only when the prompt is back', async () => {
  const shell = startShell({ 'docker build .': 300 });
  expect(await typeLines(['docker build .', 'docker ps'], shell, never)).toBe(true);
  expect(shell.log).toEqual(['docker build .', 'prompt', 'docker ps']);
});

test('gives the rest up when a command does not come back', async () => {
  const shell = startShell({ 'nc -l 80': 10_000 });
  expect(await typeLines(['nc -l 80', 'docker ps'], shell, never, 400)).toBe(false);
  expect(shell.log).toEqual(['nc -l 80']);
});

test('stops without complaint when the learner types in between', async () => {
  const shell = startShell({ 'sleep 9': 10_000 });
  const learner = new AbortController();
  setTimeout(() => learner.abort(), 100);
  expect(await typeLines(['sleep 9', 'docker ps'], shell, learner.signal)).toBe(true);
  expect(shell.log).toEqual(['sleep 9']);
});

test('waits for the prompt of a shell that is just starting', async () => {
  const shell = startShell({}, { startsWithinMs: 200 });
  const typing = typeLines(['docker ps'], shell, never);
  expect(shell.log).toEqual([]);
  expect(await typing).toBe(true);
  expect(shell.log).toEqual(['docker ps']);
});

const never = new AbortController().signal;

/** A shell in which each command takes as long as `durations` says. */
function startShell(durations: Record<string, number>, { startsWithinMs = 0 } = {}) {
  const log: string[] = [];
  let output = 0;
  let isAtPrompt = startsWithinMs === 0;
  if (startsWithinMs > 0) setTimeout(() => (isAtPrompt = true), startsWithinMs).unref();
  return {
    log,
    outputCount: () => output,
    isAtPrompt: () => isAtPrompt,
    type(text: string) {
      const command = text.trimEnd();
      log.push(command);
      output += command.length;
      isAtPrompt = false;
      setTimeout(() => {
        output += 1;
        isAtPrompt = true;
        if (command in durations) log.push('prompt');
      }, durations[command] ?? 0).unref();
      return true;
    },
  };
}
