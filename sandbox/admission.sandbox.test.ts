import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { keeperError, keeperHealth, keeperLabs, sandbox as sandboxSchema, warmPool, type Sandbox, type WarmPool } from '#protocol/keeper.ts';
import { loadLabs } from './keeper/lab-folders.ts';
import { openWorkbench, type Workbench } from './lab-command/workbench.ts';
import { takeCensus } from './census/take-census.ts';
import { startKeeper, type KeeperProcess } from './testing/keeper-process.ts';
import { testDataDirectory } from './testing/test-data-directory.ts';

const [first, second] = [...(await loadLabs()).keys()];
if (first === undefined || second === undefined) throw new Error('Cannot test who gets a sandbox: there are no two labs');

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench(testDataDirectory);
  for (const lab of (await loadLabs()).values()) await workbench.imageOf(lab);
});
afterAll(() => workbench?.[Symbol.asyncDispose]());

async function startReadyKeeper(settings: Readonly<Record<string, string>>): Promise<KeeperProcess> {
  const keeper = await startKeeper(settings);
  await vi.waitFor(
    async () => {
      const { labs } = keeperLabs.parse((await keeper.ask('GET', '/labs')).body);
      expect(Object.values(labs).map(({ state }) => state)).toEqual(Object.keys(labs).map(() => 'ready'));
    },
    { timeout: 60_000, interval: 100 },
  );
  return keeper;
}

/** What the keeper says to a start: the sandbox, or why there is none. */
async function ask(keeper: KeeperProcess, lab: string, options: { onlyReady?: boolean } = {}): Promise<Sandbox | { code: string; reason: string }> {
  const { status, body } = await keeper.ask('POST', '/sandboxes', { lab, expiresAt: new Date(Date.now() + 600_000).toISOString(), ...options });
  if (status === 201) return sandboxSchema.parse(body);
  const { error } = keeperError.parse(body);
  return { code: error.code, reason: error.message.en };
}

async function whenReady(keeper: KeeperProcess, started: Awaited<ReturnType<typeof ask>>): Promise<Sandbox> {
  if (!('id' in started)) throw new Error(`There is no sandbox: ${started.code}`);
  return vi.waitFor(
    async () => {
      const sandbox = sandboxSchema.parse((await keeper.ask('GET', `/sandboxes/${started.id}`)).body);
      expect(sandbox.state).not.toBe('starting');
      return sandbox;
    },
    { timeout: 60_000, interval: 50 },
  );
}

async function readWarm(keeper: KeeperProcess): Promise<WarmPool> {
  return warmPool.parse((await keeper.ask('GET', '/warm')).body);
}

async function readyOf(keeper: KeeperProcess, lab: string): Promise<number> {
  return (await readWarm(keeper)).labs.find((one) => one.lab === lab)?.ready ?? 0;
}

test('as many sandboxes are made at once as was said, as many run as fit, and the others are told why they wait', async () => {
  await using keeper = await startReadyKeeper({ SCHOTT_PARALLEL_STARTS: '1', SCHOTT_CAPACITY: '2' });
  const one = await ask(keeper, first);
  expect(one).toMatchObject({ state: 'starting' });
  expect(await ask(keeper, first)).toEqual({ code: 'many-starting', reason: expect.stringContaining('One Docker host is being set up') });
  expect(await whenReady(keeper, one)).toMatchObject({ state: 'ready' });
  const two = await ask(keeper, second);
  expect(await whenReady(keeper, two)).toMatchObject({ state: 'ready' });
  expect(await ask(keeper, first)).toEqual({ code: 'no-room', reason: expect.stringContaining('All 2 Docker hosts') });
  if ('id' in one) await keeper.ask('DELETE', `/sandboxes/${one.id}`);
  const three = await ask(keeper, first);
  expect(await whenReady(keeper, three)).toMatchObject({ state: 'ready' });
});

test('without the memory that must stay free no sandbox is made, and the reason is told', async () => {
  await using keeper = await startReadyKeeper({ SCHOTT_KEEP_FREE_MIB: '10000000', SCHOTT_CAPACITY: '10', SCHOTT_WARM: '1' });
  expect(await ask(keeper, first)).toEqual({ code: 'no-room', reason: expect.stringContaining('no memory') });
  // Nor is one kept ready.
  await sleep(3000);
  expect((await takeCensus(workbench.place)).containers).toEqual([]);
});

test('a sandbox that is not ready in time is given up, tried once more, and leaves nothing behind', async () => {
  await using keeper = await startReadyKeeper({ SCHOTT_LAUNCH_SECONDS: '1', SCHOTT_PARALLEL_STARTS: '4' });
  // Four at once on two processors: none can be ready within a second.
  const started = await Promise.all([first, first, second, second].map((lab) => ask(keeper, lab)));
  const ended = await Promise.all(started.map((one) => whenReady(keeper, one)));
  expect(ended.map(({ state }) => state)).toContain('failed');
  expect(ended.filter(({ state }) => state === 'failed').map(({ reason }) => reason?.de)).toContainEqual(expect.stringContaining('ließ sich nicht starten'));
  for (const { id } of ended) await keeper.ask('DELETE', `/sandboxes/${id}`);
  await vi.waitFor(
    async () => {
      const { containers, networks, relays } = await takeCensus(workbench.place);
      expect([containers, networks?.filter((name) => name.startsWith('schott-')), relays]).toEqual([[], [], []]);
    },
    { timeout: 60_000, interval: 500 },
  );
});

test('an order for a class is filled ahead, survives kill -9, is used up by starts, and steps aside for whoever needs the room', async () => {
  const settings = { SCHOTT_CAPACITY: '2', SCHOTT_WARM: '0' };
  const keeper = await startReadyKeeper(settings);
  const order = { lab: first, count: 2, from: new Date().toISOString(), until: new Date(Date.now() + 600_000).toISOString() };
  expect((await keeper.ask('PUT', '/warm', { ...order, lab: 'kernel/no-such-lab' })).status).toBe(404);
  expect(await ask(keeper, first, { onlyReady: true })).toMatchObject({ code: 'many-starting' });
  expect(warmPool.parse((await keeper.ask('PUT', '/warm', order)).body).orders).toEqual([order]);
  await vi.waitFor(async () => expect(await readyOf(keeper, first)).toBe(2), { timeout: 60_000, interval: 200 });
  expect(keeperHealth.parse((await keeper.ask('GET', '/health')).body)).toMatchObject({ sandboxes: 0, warm: 2 });
  await keeper.kill();

  await using next = await startReadyKeeper(settings);
  expect((await readWarm(next)).orders).toEqual([order]);
  await vi.waitFor(async () => expect(await readyOf(next, first)).toBe(2), { timeout: 60_000, interval: 200 });
  const ready = await ask(next, first, { onlyReady: true });
  expect(ready).toMatchObject({ state: 'ready', lab: first });
  expect((await readWarm(next)).orders).toEqual([{ ...order, count: 1 }]);
  expect(await whenReady(next, await ask(next, second))).toMatchObject({ state: 'ready', lab: second });
  expect(await readyOf(next, first)).toBe(0);
});
