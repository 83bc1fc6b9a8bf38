import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { supervise } from './supervise.ts';

/** Says that it is up and ends. */
const startShortLived = (children: ChildProcess[]) => (): ChildProcess => {
  const child = spawn(process.execPath, ['-e', 'process.send("up"); process.disconnect()'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  children.push(child);
  return child;
};

test('a process that ends unasked is started again', async () => {
  vi.spyOn(console, 'error').mockReturnValue(undefined);
  const children: ChildProcess[] = [];
  const supervised = supervise('test', startShortLived(children));
  await vi.waitFor(() => expect(children.length).toBeGreaterThan(2), { timeout: 20_000 });
  await supervised.stop();
});

test('one that is told to stop in the pause before its next start is not started again', async () => {
  vi.spyOn(console, 'error').mockReturnValue(undefined);
  const children: ChildProcess[] = [];
  const supervised = supervise('test', startShortLived(children));
  await once(children[0]!, 'exit');
  await supervised.stop();
  await sleep(600);
  expect(children).toHaveLength(1);
});
