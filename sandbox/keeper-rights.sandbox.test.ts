import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { answers, enginePid } from './host/engine-process.ts';
import { startKeeper } from './testing/keeper-process.ts';
import { openTestBench, type TestBench } from './testing/test-bench.ts';

let bench: TestBench;

beforeAll(async () => {
  bench = await openTestBench();
});
afterAll(() => bench?.[Symbol.asyncDispose]());

async function statusOf(pid: number | 'self'): Promise<Record<string, string>> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Object.fromEntries([...status.matchAll(/^(\w+):\s*(.*)$/gm)].map(([, name = '', value = '']) => [name, value]));
}

test('what the keeper has given up is still there for the engine that it starts, and for what runs in sandboxes', async () => {
  await using keeper = await startKeeper();
  const own = await statusOf('self');
  const confined = await statusOf(keeper.pid);
  expect(confined['NoNewPrivs']).toBe('1');
  expect(BigInt(`0x${confined['CapBnd']}`)).toBeLessThan(BigInt(`0x${own['CapBnd']}`));

  const { instance } = bench.place;
  const before = await enginePid(instance);
  process.kill(before ?? 0, 'SIGKILL');
  await vi.waitFor(async () => expect(await answers(instance)).toBe(true), { timeout: 60_000, interval: 200 });
  const after = (await enginePid(instance)) ?? 0;
  expect(after).not.toBe(before);
  expect(await statusOf(after)).toMatchObject({ NoNewPrivs: '0', CapBnd: own['CapBnd'], CapEff: own['CapEff'] });

  await using sandbox = await bench.startSandbox();
  const { output } = await sandbox.run(
    `useradd --system tester; cp "$(command -v id)" /usr/local/bin/setuid-id; chmod u+s /usr/local/bin/setuid-id
     setpriv --reuid tester --clear-groups /usr/local/bin/setuid-id | grep --only-matching 'euid=0'`,
  );
  expect(output.trim()).toBe('euid=0');
});
