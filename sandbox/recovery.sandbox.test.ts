import { once } from 'node:events';
import { globSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { keeperHealth, keeperLabs, sandboxList, type Sandbox } from '#protocol/keeper.ts';
import { checkResult } from '#protocol/verdict.ts';
import { compareCensuses } from './census/compare-censuses.ts';
import { listProcesses } from './census/list-processes.ts';
import { takeCensus, type Census } from './census/take-census.ts';
import { pidsBelow } from './checker/kernel-process.ts';
import { containerdPid } from './host/containerd-process.ts';
import { enginePid } from './host/engine-process.ts';
import { flagOf } from './keeper/flag.ts';
import { loadLabs } from './keeper/lab-folders.ts';
import { findSandbox } from './keeper/sandbox-parts.ts';
import { openWorkbench, type Workbench } from './lab-command/workbench.ts';
import { startKeeper, Terminal, type KeeperProcess } from './testing/keeper-process.ts';
import { pullThePlug } from './testing/pull-the-plug.ts';
import { testDataDirectory } from './testing/test-data-directory.ts';

const [lab] = [...(await loadLabs()).values()];
if (lab === undefined) throw new Error('Cannot test the keeper: there is no lab');

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench(testDataDirectory);
  // All of them, so that no keeper of these tests begins to bake.
  for (const one of (await loadLabs()).values()) await workbench.imageOf(one);
  // What is made once and kept, such as the firewall's chains and the relays' folder, is there after the first sandbox.
  await using keeper = await startReadyKeeper();
  const { id } = await keeper.start(lab.id);
  (await Terminal.attach(keeper, id))[Symbol.dispose]();
  await keeper.ask('DELETE', `/sandboxes/${id}`);
});
afterAll(() => workbench?.[Symbol.asyncDispose]());

async function startReadyKeeper(): Promise<KeeperProcess> {
  const keeper = await startKeeper();
  const isReady = async (): Promise<void> => {
    const { labs } = keeperLabs.parse((await keeper.ask('GET', '/labs')).body);
    expect(labs[lab!.id]?.state).toBe('ready');
    // It looks through all of them, and an engine that is killed meanwhile would have it look again.
    expect(Object.values(labs).filter(({ state }) => state === 'preparing')).toEqual([]);
  };
  await vi.waitFor(isReady, { timeout: 120_000, interval: 100 });
  return keeper;
}

async function askForSandbox(keeper: KeeperProcess): Promise<Sandbox> {
  const { status, body } = await keeper.ask('POST', '/sandboxes', { lab: lab!.id, expiresAt: new Date(Date.now() + 600_000).toISOString() });
  expect(status).toBe(201);
  return body as Sandbox;
}

async function whenWell(keeper: KeeperProcess): Promise<void> {
  const isWell = async (): Promise<void> => expect(keeperHealth.parse((await keeper.ask('GET', '/health')).body).state).toBe('ok');
  await vi.waitFor(isWell, { timeout: 60_000, interval: 200 });
}

/** The kernel takes namespaces and cgroups down a little later than it says, and the keeper cleans up behind learners. */
async function whenAsBefore(before: Census): Promise<void> {
  const isAsBefore = async (): Promise<void> => {
    expect(compareCensuses(before, await takeCensus(workbench.place))).toEqual([]);
  };
  await vi.waitFor(isAsBefore, { timeout: 60_000, interval: 500 });
}

/** One process of a sandbox's Docker host, by its name. */
async function processIn(dockerHost: string, name: string): Promise<number> {
  const pids = await pidsBelow(`${workbench.place.instance.cgroupParent}/${dockerHost}`);
  const names = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/comm`, 'utf8')));
  const pid = pids.find((_, index) => names[index]?.trim() === name);
  if (pid === undefined) throw new Error(`No ${name} runs in ${dockerHost}`);
  return pid;
}

async function processWith(words: string): Promise<number> {
  const { processes } = await listProcesses(workbench.place.instance);
  const line = processes.find((one) => one.includes(words));
  if (line === undefined) throw new Error(`There is no process with ${words}`);
  return Number.parseInt(line, 10);
}

test('a sandbox lives through the death of its relay, of its Docker and of the containerd below it, and a dead one is cleared away', async () => {
  await using keeper = await startReadyKeeper();
  const before = await takeCensus(workbench.place);
  const { id } = await keeper.start(lab.id);
  const dockerHost = (await findSandbox({ ...workbench.place, owner: 'keeper' }, id))?.dockerHost.id ?? '';
  const first = await Terminal.attach(keeper, id);
  const shell = await first.run('kept=yes; echo $$');

  const hungUp = once(first.websocket, 'close');
  process.kill(await processWith(`/${id}-dockerhost-`), 'SIGKILL');
  await hungUp;
  using terminal = await Terminal.attach(keeper, id, 0, first.seq);
  expect(await terminal.run('echo $$ $kept')).toBe(`${shell} yes`);
  expect([first.gaps, terminal.gaps, terminal.shell]).toEqual([0, 0, first.shell]);

  process.kill(await processIn(dockerHost, 'dockerd'), 'SIGKILL');
  const { tasks } = checkResult.parse((await keeper.ask('POST', `/sandboxes/${id}/check`)).body);
  expect(tasks.map((task) => [task.id, task.passed])).toEqual(Object.keys(lab.lab.tasks).map((task) => [task, false]));
  expect(await terminal.run('until docker version > /dev/null 2>&1; do sleep 0.2; done; echo $$ $kept')).toBe(`${shell} yes`);

  process.kill((await containerdPid(workbench.place.instance)) ?? 0, 'SIGKILL');
  expect(await terminal.run('echo $$ $kept')).toBe(`${shell} yes`);
  await whenWell(keeper);
  // Twice housekeeping's interval: nobody takes the sandbox for dead meanwhile.
  await sleep(5000);
  expect(sandboxList.parse((await keeper.ask('GET', '/sandboxes')).body).sandboxes).toMatchObject([{ id, state: 'ready' }]);
  expect((await keeper.ask('POST', `/sandboxes/${id}/check`)).status).toBe(200);
  expect(await terminal.run('echo $$ $kept')).toBe(`${shell} yes`);

  const follower = keeper.websocket(`/sandboxes/${id}/events`);
  const gone = new Promise((resolve) => follower.on('message', (data: Buffer) => data.toString().includes('"gone"') && resolve(JSON.parse(data.toString()))));
  await once(follower, 'open');
  process.kill(await processWith(`-id ${dockerHost} `), 'SIGKILL');
  expect(await gone).toEqual({ type: 'gone', cause: 'died' });
  expect((await keeper.ask('GET', `/sandboxes/${id}`)).status).toBe(404);
  await whenAsBefore(before);
});

test.each([300, 1500])('a keeper killed %i ms after it began to make a sandbox makes it anew, and prepares the lab in it', async (afterMs) => {
  const first = await startReadyKeeper();
  const before = await takeCensus(workbench.place);
  const { id, state } = await askForSandbox(first);
  expect(state).toBe('starting');
  await sleep(afterMs);
  await first.kill();
  await using second = await startKeeper();
  const isReady = async (): Promise<void> => expect((await second.ask('GET', `/sandboxes/${id}`)).body).toMatchObject({ id, lab: lab.id, state: 'ready' });
  await vi.waitFor(isReady, { timeout: 60_000, interval: 200 });
  using terminal = await Terminal.attach(second, id);
  const parts = await findSandbox({ ...workbench.place, owner: 'keeper' }, id);
  expect(await terminal.run('cat /root/flag.txt')).toBe(flagOf(workbench.place.secret, id, parts?.seed ?? ''));
  expect((await second.ask('DELETE', `/sandboxes/${id}`)).status).toBe(204);
  await whenAsBefore(before);
});

test('a keeper killed while it removes a sandbox leaves nothing of it', async () => {
  const first = await startReadyKeeper();
  const before = await takeCensus(workbench.place);
  const { id } = await first.start(lab.id);
  const removal = first.ask('DELETE', `/sandboxes/${id}`).catch(() => undefined);
  await sleep(150);
  await first.kill();
  await removal;
  await using second = await startKeeper();
  // As the server does until it has an answer.
  expect((await second.ask('DELETE', `/sandboxes/${id}`)).status).toBe(204);
  await whenAsBefore(before);
  expect(JSON.parse(await readFile(`${workbench.place.instance.keeperDirectory}/claims.json`, 'utf8'))).toEqual({});
});

test('a container that the engine was killed over and does not know any more is ended all the same', async () => {
  await using keeper = await startReadyKeeper();
  const before = await takeCensus(workbench.place);
  const { id } = await keeper.start(lab.id);
  const dockerHost = (await findSandbox({ ...workbench.place, owner: 'keeper' }, id))?.dockerHost.id ?? '';
  const [store] = globSync(join(workbench.place.instance.poolDirectory, 'engine/*/containers', dockerHost));
  process.kill((await enginePid(workbench.place.instance)) ?? 0, 'SIGKILL');
  await rm(store ?? '', { recursive: true });
  expect(await processWith(`-id ${dockerHost} `)).toBeGreaterThan(0);
  await whenWell(keeper);
  // The engine was started anew: its firewall is whole with the first sandbox.
  const next = await keeper.start(lab.id);
  await keeper.ask('DELETE', `/sandboxes/${next.id}`);
  await whenAsBefore(before);
});

test.each(['empty', 'stale'] as const)('after the machine was switched off the keeper starts again, with a run directory that is %s', async (runDirectory) => {
  const first = await startReadyKeeper();
  const { id } = await first.start(lab.id);
  await workbench[Symbol.asyncDispose]();
  await first.kill();
  await pullThePlug(workbench.place.instance, runDirectory);
  const second = await startReadyKeeper();
  expect((await second.ask('GET', `/sandboxes/${id}`)).status).toBe(404);
  const next = await second.start(lab.id);
  {
    using terminal = await Terminal.attach(second, next.id);
    expect(await terminal.run('docker version > /dev/null && echo "works"')).toBe('works');
  }
  const { containers } = await takeCensus(workbench.place);
  expect(containers).toEqual([`/schott-${next.id}-attacker`, `/schott-${next.id}-dockerhost`]);
  workbench = await openWorkbench(testDataDirectory);
  await second[Symbol.asyncDispose]();
});
