import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { keepQuotasHolding } from './host/disk-quotas.ts';
import { compareCensuses, type CensusDifference } from './census/compare-censuses.ts';
import { takeCensus } from './census/take-census.ts';
import { openTestBench, type TestBench, type TestSandbox } from './testing/test-bench.ts';

let bench: TestBench;

beforeAll(async () => {
  bench = await openTestBench();
  // A fresh engine makes folders and firewall chains of its own for its first container, and keeps them.
  await using first = await bench.startSandbox();
  await first.parts.relay('dockerhost');
});
afterAll(() => bench?.[Symbol.asyncDispose]());

/** Starts a sandbox with all that comes with its use, lets `act` happen in it, and compares the machine before and after. */
async function expectNothingLeft(act: (sandbox: TestSandbox) => Promise<void>): Promise<void> {
  // The quota group of a disk that is being deleted is busy for a while; what an earlier sandbox could not remove goes now.
  await keepQuotasHolding(bench.place.instance);
  const before = await takeCensus(bench.place);
  const leftBehind = async (): Promise<CensusDifference[]> =>
    compareCensuses(before, await takeCensus(bench.place)).filter((difference) => difference.after > difference.before);
  {
    await using sandbox = await bench.startSandbox();
    for (const place of ['dockerhost', 'attacker', 'vantage'] as const) await sandbox.parts.relay(place);
    const during = await takeCensus(bench.place);
    // The census sees what a sandbox has, or its silence afterwards means nothing.
    for (const kind of ['containers', 'networks', 'mounts', 'links', 'cgroups', 'processes', 'disks', 'relays']) {
      expect(during[kind]?.length, kind).toBeGreaterThan(before[kind]?.length ?? 0);
    }
    await act(sandbox);
  }
  // The kernel takes namespaces and cgroups down a little later than it says.
  await vi.waitFor(async () => expect(await leftBehind()).toEqual([]), { timeout: 30_000, interval: 200 });
}

test('a removed sandbox leaves nothing on the machine', async () => {
  await expectNothingLeft(async (sandbox) => {
    const { output } = await sandbox.run('docker run --detach --publish 8080:80 lab/bb httpd -f -p 80 > /dev/null && docker ps --format "{{.Ports}}"');
    expect(output).toContain('8080->80');
  });
});

test('a sandbox with a paused nested container can be removed', async () => {
  await expectNothingLeft(async (sandbox) => {
    const { output } = await sandbox.run(
      'docker run --detach --name frozen lab/bb sleep 1000 > /dev/null && docker pause frozen && docker ps --format "{{.Status}}"',
    );
    expect(output).toContain('Paused');
  });
});

test('a sandbox with a full disk can be removed', async () => {
  await expectNothingLeft(async (sandbox) => {
    await keepQuotasHolding(bench.place.instance);
    const { output } = await sandbox.run('fallocate --length 5800M /root/big && dd if=/dev/urandom of=/root/rest bs=1M count=900 2>&1', 120_000);
    expect(output).toContain('Disk quota exceeded');
  });
});

test('a sandbox in which a fork bomb runs against the process limit can be removed', async () => {
  await expectNothingLeft(async (sandbox) => {
    await sandbox.run('bomb() { bomb | bomb & }; bomb > /dev/null 2>&1 < /dev/null');
    await vi.waitFor(async () => expect(await refusedForks(sandbox.cgroup)).toBeGreaterThan(0), { timeout: 30_000, interval: 100 });
  });
});

/** How many processes were refused because there were too many. */
async function refusedForks(cgroup: string): Promise<number> {
  const content = await readFile(`/sys/fs/cgroup/pids${cgroup}/pids.events`, 'utf8').catch(() => readFile(`/sys/fs/cgroup${cgroup}/pids.events`, 'utf8'));
  return Number(/^max (\d+)/m.exec(content)?.[1]);
}
