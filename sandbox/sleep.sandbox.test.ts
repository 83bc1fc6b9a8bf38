import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { keeperHealth, keeperLabs, sandboxList } from '#protocol/keeper.ts';
import { checkResult } from '#protocol/verdict.ts';
import { isFrozen } from './host/freezer.ts';
import { cpuSecondsOf } from './host/processor-time.ts';
import { loadLabs } from './keeper/lab-folders.ts';
import { findSandbox } from './keeper/sandbox-parts.ts';
import { openWorkbench, type Workbench } from './lab-command/workbench.ts';
import { takeCensus } from './census/take-census.ts';
import { startKeeper, Terminal, type KeeperProcess } from './testing/keeper-process.ts';
import { testDataDirectory } from './testing/test-data-directory.ts';

const [lab] = [...(await loadLabs()).values()];
if (lab === undefined) throw new Error('Cannot test sleeping: there is no lab');
const quietSeconds = 3;

let workbench: Workbench;
let keeper: KeeperProcess;

beforeAll(async () => {
  workbench = await openWorkbench(testDataDirectory);
  // All of them, so that no keeper of these tests begins to bake.
  for (const one of (await loadLabs()).values()) await workbench.imageOf(one);
  keeper = await startReadyKeeper();
});
afterAll(async () => {
  await keeper?.[Symbol.asyncDispose]();
  await workbench?.[Symbol.asyncDispose]();
});

async function startReadyKeeper(settings: Readonly<Record<string, string>> = {}): Promise<KeeperProcess> {
  const started = await startKeeper({ SCHOTT_SLEEP_AFTER_SECONDS: String(quietSeconds), ...settings });
  await vi.waitFor(async () => expect(keeperLabs.parse((await started.ask('GET', '/labs')).body).labs[lab!.id]?.state).toBe('ready'), {
    timeout: 30_000,
    interval: 100,
  });
  return started;
}

async function sleeping(): Promise<number> {
  return keeperHealth.parse((await keeper.ask('GET', '/health')).body).sleeping;
}

function untilAsleep(count = 1): Promise<void> {
  return vi.waitFor(async () => expect(await sleeping()).toBe(count), { timeout: 60_000, interval: 200 });
}

/** The cgroups of a sandbox's two containers. */
async function cgroupsOf(id: string): Promise<string[]> {
  const parts = await findSandbox({ ...workbench.place, owner: 'keeper' }, id);
  if (parts === undefined) throw new Error(`Cannot find sandbox "${id}"`);
  return [parts.dockerHost.id, parts.attacker.id].map((container) => `${workbench.place.instance.cgroupParent}/${container}`);
}

async function remove(id: string): Promise<void> {
  expect((await keeper.ask('DELETE', `/sandboxes/${id}`)).status).toBe(204);
  const { containers, networks, relays } = await takeCensus(workbench.place);
  expect([containers, networks, relays].flat().filter((name) => name?.includes(id))).toEqual([]);
}

/** Milliseconds from a key to its echo. The key is harmless: it goes to a shell that waits at its prompt. */
async function timeEcho(terminal: Terminal): Promise<number> {
  const before = terminal.text.length;
  const pressedAt = performance.now();
  terminal.type('#');
  await terminal.until(() => terminal.text.length > before);
  const took = performance.now() - pressedAt;
  terminal.type('\u0015');
  return took;
}

test('a sandbox that nobody uses sleeps and takes no processor time; a key wakes it, and what was paused inside stays paused', async () => {
  const { id } = await keeper.start(lab.id);
  const cgroups = await cgroupsOf(id);
  const used = (): number => cgroups.reduce((sum, cgroup) => sum + cpuSecondsOf(cgroup), 0);
  using terminal = await Terminal.attach(keeper, id);
  using attacker = await Terminal.attach(keeper, id, 1);
  const paused = await terminal.run('docker pause $(docker ps --quiet | head -n 1)');
  expect(paused).toMatch(/^[0-9a-f]{12}$/);
  expect(cgroups.map(isFrozen)).toEqual([false, false]);

  await untilAsleep();
  expect(cgroups.map(isFrozen)).toEqual([true, true]);
  // Those that were running when the order came stop at their next step.
  await sleep(300);
  const before = used();
  await sleep(3000);
  expect(used()).toBe(before);

  const echoMs = await timeEcho(terminal);
  console.log(`echo of the key that woke a sandbox: ${echoMs.toFixed(1)} ms`);
  expect(echoMs).toBeLessThan(2000);
  expect(await sleeping()).toBe(0);
  expect(cgroups.map(isFrozen)).toEqual([false, false]);
  expect(await terminal.run('docker ps --format "{{.ID}} {{.Status}}" | grep Paused')).toContain(paused);
  expect(await attacker.run('hostname')).toBe('attacker');
  expect(used()).toBeGreaterThan(before);
  expect(await terminal.run(`docker unpause ${paused}`)).toBe(paused);
  await remove(id);
});

test('a sandbox in which something works does not sleep, nor one whose terminal moves', async () => {
  const { id } = await keeper.start(lab.id);
  using terminal = await Terminal.attach(keeper, id);
  await terminal.run('(while :; do :; done) & echo $! > /tmp/pid');
  await sleep(3 * quietSeconds * 1000);
  expect(await sleeping()).toBe(0);
  await terminal.run('kill $(cat /tmp/pid)');
  terminal.type('for i in 1 2 3 4 5 6 7 8 9; do echo "still-"$i; sleep 1; done\n');
  await terminal.until(() => terminal.text.includes('still-9'));
  expect(await sleeping()).toBe(0);
  await untilAsleep();
  await remove(id);
});

test('a check wakes a sandbox and finds it as it is, and so does opening a terminal', async () => {
  const { id } = await keeper.start(lab.id);
  const awake = checkResult.parse((await keeper.ask('POST', `/sandboxes/${id}/check`)).body);
  await untilAsleep();
  const askedAt = performance.now();
  const asleep = checkResult.parse((await keeper.ask('POST', `/sandboxes/${id}/check`)).body);
  console.log(`check of a sleeping sandbox: ${(performance.now() - askedAt).toFixed(0)} ms`);
  expect(asleep.tasks.map(({ id: task, state }) => [task, state])).toEqual(awake.tasks.map(({ id: task, state }) => [task, state]));
  await untilAsleep();
  using terminal = await Terminal.attach(keeper, id);
  expect(await terminal.run('hostname')).toBe('dockerhost');
  await remove(id);
});

test('after kill -9 of keeper and engine the next keeper knows who sleeps, a key wakes it to the same shell, and a sleeping one can be removed', async () => {
  const { id } = await keeper.start(lab.id);
  const before = await Terminal.attach(keeper, id);
  const shell = await before.run('echo $$');
  await untilAsleep();
  process.kill(Number(await readFile(workbench.place.instance.enginePidFile, 'utf8')), 'SIGKILL');
  await keeper.kill();
  keeper = await startReadyKeeper();
  expect(await sleeping()).toBe(1);
  // Longer than the keeper needs to notice a dead one.
  await sleep(5000);
  expect(sandboxList.parse((await keeper.ask('GET', '/sandboxes')).body).sandboxes).toMatchObject([{ id, state: 'ready' }]);
  using after = await Terminal.attach(keeper, id, 0, before.seq);
  expect(await after.run('echo $$')).toBe(shell);
  await untilAsleep();
  const askedAt = performance.now();
  await remove(id);
  console.log(`removal of a sleeping sandbox: ${(performance.now() - askedAt).toFixed(0)} ms`);
});

test('when whoever started the keeper is gone, the sandboxes sleep until the next keeper', async () => {
  const { id } = await keeper.start(lab.id);
  const before = await Terminal.attach(keeper, id);
  await before.run('(while :; do :; done) & true');
  const cgroups = await cgroupsOf(id);
  await keeper.abandon();
  expect(cgroups.map(isFrozen)).toEqual([true, true]);
  keeper = await startReadyKeeper();
  expect(await sleeping()).toBe(1);
  using after = await Terminal.attach(keeper, id, 0, before.seq);
  expect(await after.run('jobs -rp | wc -l')).toBe('1');
  await remove(id);
});

test('a warm sandbox sleeps, too, and has a prompt in a blink when it is taken', async () => {
  await keeper[Symbol.asyncDispose]();
  keeper = await startReadyKeeper({ SCHOTT_WARM: '1' });
  await untilAsleep();
  const askedAt = performance.now();
  const { status, body } = await keeper.ask('POST', '/sandboxes', { lab: lab.id, expiresAt: new Date(Date.now() + 600_000).toISOString() });
  expect([status, body]).toMatchObject([201, { state: 'ready' }]);
  const { id } = body as { id: string };
  using terminal = await Terminal.attach(keeper, id);
  await terminal.until(() => terminal.text.includes('# '));
  console.log(`prompt of a sandbox that slept: ${(performance.now() - askedAt).toFixed(0)} ms`);
  expect(await terminal.run('docker info --format "{{.ContainersRunning}}"')).toMatch(/^\d+$/);
  await remove(id);
});
