import { readFile } from 'node:fs/promises';
import { freemem } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readUsage } from './checker/cgroup.ts';
import { pidsBelow } from './checker/kernel-process.ts';
import { dockerHostLimits } from './engine/sandbox-container.ts';
import { openTestBench, type TestBench, type TestSandbox } from './testing/test-bench.ts';

let bench: TestBench;
let sandbox: TestSandbox;

beforeAll(async () => {
  bench = await openTestBench();
  sandbox = await bench.startSandbox();
});
afterAll(async () => {
  await sandbox?.[Symbol.asyncDispose]();
  await bench?.[Symbol.asyncDispose]();
});

/** The first of these files of the sandbox's own cgroup that exists, read from the machine: cgroup v1, then v2. */
async function ownCgroupFile(...files: string[]): Promise<string> {
  for (const file of files) {
    const content = await readFile(file.replace('{}', sandbox.cgroup), 'utf8').catch(() => undefined);
    if (content !== undefined) return content.trim();
  }
  throw new Error(`Cannot read any of ${files.join(', ')}`);
}

test('the cgroup of a Docker host carries its limits for memory, processes and processors', async () => {
  expect(Number(await ownCgroupFile('/sys/fs/cgroup/memory{}/memory.limit_in_bytes', '/sys/fs/cgroup{}/memory.max'))).toBe(dockerHostLimits.memoryBytes);
  expect(Number(await ownCgroupFile('/sys/fs/cgroup/pids{}/pids.max', '/sys/fs/cgroup{}/pids.max'))).toBe(dockerHostLimits.pids);
  const [quota, period] = (await ownCgroupFile('/sys/fs/cgroup{}/cpu.max').catch(async () => `${await ownCgroupFile('/sys/fs/cgroup/cpu{}/cpu.cfs_quota_us')} ${await ownCgroupFile('/sys/fs/cgroup/cpu{}/cpu.cfs_period_us')}`)).split(' ');
  expect(Number(quota) / Number(period)).toBe(dockerHostLimits.cpuCores);
});

test('whoever takes too much memory is killed inside, and neither the machine nor the nested engine suffers', async () => {
  const before = await readUsage(sandbox.parts.dockerHostPid);
  const { exitCode } = await sandbox.run(`perl -e 'my @taken; push @taken, "x" x (64 * 1024 * 1024) while 1'; exit $?`);
  expect(exitCode).toBe(137);
  const killed = Number(/oom_kill (\d+)/.exec(await ownCgroupFile('/sys/fs/cgroup/memory{}/memory.oom_control', '/sys/fs/cgroup{}/memory.events'))?.[1]);
  expect(killed).toBeGreaterThan(before.oomKills);
  expect(freemem()).toBeGreaterThan(0);
  expect((await sandbox.run('docker run --rm lab/bb echo alive')).output.trim()).toBe('alive');
});

test('memory of a file in a tmpfs counts as well', async () => {
  const { exitCode } = await sandbox.run('mkdir -p /mnt/ram && mount -t tmpfs -o size=8g none /mnt/ram && dd if=/dev/zero of=/mnt/ram/file bs=1M count=2500 status=none; status=$?; umount --lazy /mnt/ram; exit $status');
  expect(exitCode).not.toBe(0);
  expect((await sandbox.run('docker run --rm lab/bb echo alive')).output.trim()).toBe('alive');
});

test('no more processes than allowed can be started', async () => {
  const { output } = await sandbox.run(`perl -e 'my $n = 0; while ($n < 5000) { my $pid = fork; last unless defined $pid; if (!$pid) { sleep 60; exit } $n++ } print "$n\\n"; kill 9, -getpgrp'`);
  const started = Number.parseInt(output, 10);
  expect(started).toBeGreaterThan(dockerHostLimits.pids / 2);
  expect(started).toBeLessThan(dockerHostLimits.pids);
  expect((await pidsBelow(sandbox.cgroup)).length).toBeLessThanOrEqual(dockerHostLimits.pids);
});

test('a Docker host cannot write more than its disk quota', async () => {
  const { output } = await sandbox.run('fallocate --length 5500M /root/big && dd if=/dev/urandom of=/root/rest bs=1M count=1200 2>&1; rm -f /root/big /root/rest', 120_000);
  expect(output).toContain('Disk quota exceeded');
});

test('a busy Docker host gets no more processor time than its quota', async () => {
  const burn = async (): Promise<number> => {
    const start = performance.now();
    const read = async (): Promise<number> => Number((await ownCgroupFile('/sys/fs/cgroup/cpuacct{}/cpuacct.usage').catch(async () => String(1000 * Number(/usage_usec (\d+)/.exec(await ownCgroupFile('/sys/fs/cgroup{}/cpu.stat'))?.[1])))) ?? 0) / 1e9;
    const before = await read();
    await sandbox.run('for i in 1 2 3 4; do timeout 2 sh -c "while :; do :; done" & done; wait');
    return ((await read()) - before) / ((performance.now() - start) / 1000);
  };
  const cores = await burn();
  expect(cores).toBeGreaterThan(0.05);
  expect(cores).toBeLessThan(dockerHostLimits.cpuCores * 1.1);
});
