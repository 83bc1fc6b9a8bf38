import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { readKernelFrame, readProcess } from './kernel-process.ts';

test('a process is read with its ids, capabilities, namespaces, mounts and program', async () => {
  const frame = await readKernelFrame(process.pid, '/nowhere');
  const own = await readProcess(process.pid, frame);
  expect(own?.pids[0]).toBe(process.pid);
  expect(own?.uidsInContainer[1]).toBe(process.geteuid?.());
  expect(own?.gidsInContainer[1]).toBe(process.getegid?.());
  expect(own?.commandLine).toContain('node');
  expect(own?.namespaces.mnt).toMatch(/^\d+$/);
  expect(own?.mounts.some((mount) => mount.target === '/')).toBe(true);
  expect(own?.capabilities.effective).toBeTypeOf('bigint');
  expect(await own?.executableHash()).toMatch(/^[0-9a-f]{64}$/);
});

test('a process that has ended is undefined', async () => {
  const frame = await readKernelFrame(process.pid, '/nowhere');
  const child = spawn('true');
  const { pid } = child;
  await once(child, 'close');
  expect(await readProcess(pid ?? 0, frame)).toBeUndefined();
});
