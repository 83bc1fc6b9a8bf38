import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rmdir } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { limitsHere } from './engine/sandbox-limits.ts';
import { probeCapabilities } from './host/capabilities.ts';
import { writeCgroupFile } from './host/cgroup-file.ts';
import { removeCgroups } from './host/cgroups.ts';
import { limitAllSandboxes, pidsForAllSandboxes } from './host/common-cgroup.ts';
import { throttleDisk } from './host/disk-throttle.ts';
import { cpuSecondsOf } from './host/processor-time.ts';
import { openTestBench, type TestBench } from './testing/test-bench.ts';

const { cgroupVersion } = await probeCapabilities();
const mebibyte = 1024 ** 2;

let bench: TestBench;

beforeAll(async () => {
  bench = await openTestBench();
});
afterAll(() => bench?.[Symbol.asyncDispose]());

/** Where the files of a controller lie for a cgroup of this machine. */
function directoryOf(controller: 'memory' | 'pids', cgroup: string): string {
  return cgroupVersion === 1 ? `/sys/fs/cgroup/${controller}${cgroup}` : `/sys/fs/cgroup${cgroup}`;
}

test('all sandboxes together have a limit for memory and processes that leaves the machine a reserve', async () => {
  const { cgroupParent } = bench.place.instance;
  const limitFile = cgroupVersion === 1 ? 'memory.limit_in_bytes' : 'memory.max';
  const memoryBytes = Number(await readFile(`${directoryOf('memory', cgroupParent)}/${limitFile}`, 'utf8'));
  expect(memoryBytes).toBe(limitsHere.allMemoryBytes);
  expect(totalmem() - memoryBytes).toBeGreaterThan(1000 * mebibyte);
  expect(Number(await readFile(`${directoryOf('pids', cgroupParent)}/pids.max`, 'utf8'))).toBe(await pidsForAllSandboxes());
});

test('the common limit binds what runs in a sandbox below it', async () => {
  const instance = { ...bench.place.instance, cgroupParent: `${bench.place.instance.cgroupParent}-shares` };
  await limitAllSandboxes(instance, { memoryBytes: 96 * mebibyte, pids: 1000 });
  const child = `${directoryOf('memory', instance.cgroupParent)}/sandbox`;
  await mkdir(child);
  // As the engine does it for sandboxes: memory that is swapped out would not count.
  for (const [file, value] of [
    ['memory.swap.max', '0'],
    ['memory.swappiness', '0'],
  ] as const)
    writeCgroupFile(`${child}/${file}`, value);
  try {
    const take = (bytes: number): Promise<number | null> => runIn(child, `perl -e 'my $taken = "x" x ${bytes}'`);
    expect(await take(16 * mebibyte)).toBe(0);
    // The child itself has no limit.
    expect(await take(256 * mebibyte)).toBe(137);
  } finally {
    await rmdir(child);
    await removeCgroups(instance);
  }
});

test('of two sandboxes that both want all processors each gets its share, however many processes one starts', async () => {
  await using greedy = await bench.startSandbox();
  await using modest = await bench.startSandbox();
  const spin = (count: number): string => `for i in $(seq ${count}); do timeout 8 sh -c "while :; do :; done" & done; wait`;
  const spinning = [greedy.run(spin(60)), modest.run(spin(4))];
  await sleep(2000);
  const cgroups = [greedy.cgroup, modest.cgroup];
  const before = cgroups.map(cpuSecondsOf);
  await sleep(4000);
  const [greedySeconds = 0, modestSeconds = 0] = cgroups.map((cgroup, index) => cpuSecondsOf(cgroup) - (before[index] ?? 0));
  await Promise.all(spinning);
  expect(modestSeconds).toBeGreaterThan(0.3 * (greedySeconds + modestSeconds));
});

test('disk throughput is bounded on cgroup v2; on v1 nothing could hold it, and nobody pretends', async () => {
  await using sandbox = await bench.startSandbox();
  const { instance } = bench.place;
  expect(await throttleDisk(instance, sandbox.parts.dockerHost.id, limitsHere.disk)).toBe(cgroupVersion === 2);
  if (cgroupVersion === 1) return;
  const slow = 4 * mebibyte;
  await throttleDisk(instance, sandbox.parts.dockerHost.id, { ...limitsHere.disk, writeBytesPerSecond: slow });
  const startedAt = performance.now();
  // Below the sandbox's own cgroup, as a nested container is.
  const { exitCode, output } = await sandbox.run(
    'mkdir /sys/fs/cgroup/below && echo $$ > /sys/fs/cgroup/below/cgroup.procs && dd if=/dev/urandom of=/root/file bs=1M count=24 oflag=direct 2>&1',
  );
  expect([exitCode, output]).toEqual([0, expect.stringContaining('copied')]);
  expect(performance.now() - startedAt).toBeGreaterThan(3000);
});

/** Exit status of a shell command that runs in this cgroup; 137 when it was killed. */
async function runIn(cgroup: string, command: string): Promise<number | null> {
  const child = spawn('sh', ['-c', `echo $$ > ${cgroup}/cgroup.procs && ${command}; exit $?`], { stdio: 'ignore' });
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return signal === 'SIGKILL' ? 137 : code;
}
