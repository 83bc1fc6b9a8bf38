import { expect, onTestFinished, test, vi } from 'vitest';
import { launchOnce, launchSandbox } from './launch-sandbox.ts';
import type { SandboxParts } from './sandbox-parts.ts';

/** Launches that behave one after the other as the test says; `parts` stands for a whole sandbox. */
function script(...behaviours: ReadonlyArray<(signal: AbortSignal) => Promise<SandboxParts>>) {
  vi.spyOn(console, 'error').mockReturnValue(undefined);
  onTestFinished(() => void vi.restoreAllMocks());
  const log: string[] = [];
  let number = 0;
  return {
    log,
    launch: {
      create(signal: AbortSignal) {
        log.push('create');
        return behaviours[number++]!(signal);
      },
      async remove() {
        log.push('remove');
      },
    },
  };
}

const parts = { close: () => Promise.resolve() } as SandboxParts;
const works = () => Promise.resolve(parts);
const fails = () => Promise.reject(new Error('setup.sh ended with 1'));
const isLate = (signal: AbortSignal) => new Promise<SandboxParts>((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));

test('one that is ready in time is made once', async () => {
  const { log, launch } = script(works);
  expect(await launchSandbox(launch, 1000, () => true)).toBe(parts);
  expect(log).toEqual(['create']);
});

test('one that does not get ready in time is given up, removed, and made once more', async () => {
  const { log, launch } = script(isLate, works);
  expect(await launchSandbox(launch, 20, () => true)).toBe(parts);
  expect(log).toEqual(['create', 'remove', 'create']);
});

test('when the second is late, too, that is the end, and nothing is left', async () => {
  const { log, launch } = script(isLate, isLate);
  await expect(launchSandbox(launch, 20, () => true)).rejects.toThrow('not ready within 0.02 s');
  expect(log).toEqual(['create', 'remove', 'create', 'remove']);
});

test('one that fails is made once more, unless nobody wants it any more', async () => {
  const wanted = script(fails, works);
  expect(await launchSandbox(wanted.launch, 1000, () => true)).toBe(parts);
  const unwanted = script(fails, works);
  await expect(launchSandbox(unwanted.launch, 1000, () => false)).rejects.toThrow('setup.sh ended with 1');
  expect(unwanted.log).toEqual(['create']);
});

test('one that gets ready just after it was given up is removed all the same', async () => {
  let closed = 0;
  const late = { close: async () => void closed++ } as unknown as SandboxParts;
  const { log, launch } = script((signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(late))));
  await expect(launchOnce(launch, 20)).rejects.toThrow('not ready');
  expect([log, closed]).toEqual([['create', 'remove'], 1]);
});
