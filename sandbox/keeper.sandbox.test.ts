import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { keeperHealth, keeperLabs, sandboxList, type Sandbox } from '#protocol/keeper.ts';
import { checkResult } from '#protocol/verdict.ts';
import { answers } from './host/engine-process.ts';
import { flagOf } from './keeper/flag.ts';
import { loadLabs } from './keeper/lab-folders.ts';
import { createSandbox, findSandbox, removeSandbox } from './keeper/sandbox-parts.ts';
import { openWorkbench, type Workbench } from './lab-command/workbench.ts';
import { startKeeper, Terminal, type KeeperProcess } from './testing/keeper-process.ts';
import { takeCensus } from './census/take-census.ts';
import { testDataDirectory } from './testing/test-data-directory.ts';

const [lab] = [...(await loadLabs()).values()];
if (lab === undefined) throw new Error('Cannot test the keeper: there is no lab');

let workbench: Workbench;
let image: string;

beforeAll(async () => {
  workbench = await openWorkbench(testDataDirectory);
  // All of them, so that no keeper of these tests begins to bake.
  for (const one of (await loadLabs()).values()) image = await workbench.imageOf(one);
  image = await workbench.imageOf(lab);
});
afterAll(() => workbench?.[Symbol.asyncDispose]());

async function whenLabReady(keeper: KeeperProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const { labs } = keeperLabs.parse((await keeper.ask('GET', '/labs')).body);
    if (labs[lab!.id]?.state === 'ready') return;
    await sleep(100);
  }
  throw new Error(`Cannot start ${lab!.id}: it does not become ready`);
}

async function startReadyKeeper(settings: Readonly<Record<string, string>> = {}): Promise<KeeperProcess> {
  const keeper = await startKeeper(settings);
  await whenLabReady(keeper);
  return keeper;
}

async function running(keeper: KeeperProcess): Promise<Sandbox[]> {
  return sandboxList.parse((await keeper.ask('GET', '/sandboxes')).body).sandboxes;
}

/** Waits until a sandbox has left no container. */
async function whenGone(id: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const { containers, networks } = await takeCensus(workbench.place);
    if (![...(containers ?? []), ...(networks ?? [])].some((name) => name.includes(id))) return;
    await sleep(200);
  }
  throw new Error(`Sandbox "${id}" is still there`);
}

test('a sandbox can be started, checked, solved by its flag, and removed', async () => {
  await using keeper = await startReadyKeeper();
  const health = keeperHealth.parse((await keeper.ask('GET', '/health')).body);
  expect(health.state).toBe('ok');
  const { id } = await keeper.start(lab.id);
  const result = checkResult.parse((await keeper.ask('POST', `/sandboxes/${id}/check`)).body);
  expect(result.tasks.map((task) => task.id)).toEqual(Object.keys(lab.lab.tasks));
  expect(result.passed).toBe(0);
  const parts = await findSandbox({ ...workbench.place, owner: 'keeper' }, id);
  const flag = flagOf(workbench.place.secret, id, parts?.seed ?? '');
  expect((await keeper.ask('POST', `/sandboxes/${id}/flag`, { flag: 'FLAG{000000000000000000000000}' })).body).toEqual({ accepted: false });
  expect((await keeper.ask('POST', `/sandboxes/${id}/flag`, { flag: ` ${flag}\n` })).body).toEqual({ accepted: true });
  expect((await keeper.ask('DELETE', `/sandboxes/${id}`)).status).toBe(204);
  expect((await keeper.ask('DELETE', `/sandboxes/${id}`)).status).toBe(204);
  expect((await keeper.ask('GET', `/sandboxes/${id}`)).status).toBe(404);
  await whenGone(id);
});

test("nobody but root and the server's group may open the keeper's socket", async () => {
  await using _keeper = await startKeeper({ SCHOTT_SERVER_GID: '65534' });
  const { mode, uid, gid } = await stat(workbench.place.instance.keeperSocket);
  expect([(mode & 0o777).toString(8), uid, gid]).toEqual(['660', 0, 65534]);
  for (const path of [workbench.place.instance.engineSocket, workbench.place.instance.keeperDirectory]) expect((await stat(path)).mode & 0o007).toBe(0);
});

test('both terminals give a shell, and a reattached one replays what it has written', async () => {
  await using keeper = await startReadyKeeper();
  const { id } = await keeper.start(lab.id);
  using host = await Terminal.attach(keeper, id);
  expect(await host.run('id -u; hostname')).toBe('0\r\ndockerhost');
  using attacker = await Terminal.attach(keeper, id, 1);
  expect(await attacker.run('hostname')).toBe('attacker');
  expect(await host.run('seq 1 20000')).toBe(Array.from({ length: 20_000 }, (_, index) => index + 1).join('\r\n'));
  using again = await Terminal.attach(keeper, id);
  await again.until(() => again.seq === host.seq);
  expect(again.shell).toBe(host.shell);
  expect(again.text).toBe(host.text);
});

test('a sandbox whose time is up is removed, and whoever follows it is told', async () => {
  await using keeper = await startReadyKeeper();
  const { id } = await keeper.start(lab.id);
  const events: string[] = [];
  const follower = keeper.websocket(`/sandboxes/${id}/events`);
  follower.on('message', (data: Buffer) => events.push(data.toString()));
  await once(follower, 'message');
  const { status, body } = await keeper.ask('PUT', `/sandboxes/${id}/deadline`, { expiresAt: new Date(Date.now() + 500).toISOString() });
  expect([status, body]).toMatchObject([200, { id }]);
  await once(follower, 'close');
  expect(JSON.parse(events.at(-1) ?? '')).toEqual({ type: 'gone', cause: 'expired' });
  expect(await running(keeper)).toEqual([]);
  await whenGone(id);
});

test('a sandbox that the learner ends from inside is noticed', async () => {
  await using keeper = await startReadyKeeper();
  const { id } = await keeper.start(lab.id);
  const follower = keeper.websocket(`/sandboxes/${id}/events`);
  const gone = new Promise((resolve) => follower.on('message', (data: Buffer) => data.toString().includes('"gone"') && resolve(JSON.parse(data.toString()))));
  await once(follower, 'open');
  using terminal = await Terminal.attach(keeper, id);
  terminal.type('kill -9 -1; pkill -9 runsvdir\n');
  expect(await gone).toEqual({ type: 'gone', cause: 'died' });
  await whenGone(id);
});

test('after kill -9 the next keeper finds the sandbox, and the terminal goes on in the same shell without a byte lost', async () => {
  const first = await startReadyKeeper();
  const { id } = await first.start(lab.id);
  const before = await Terminal.attach(first, id);
  const shell = await before.run('echo $$; cd /srv; x=kept');
  before.type('for i in $(seq 1 3000); do echo "line $i"; sleep 0.001; done; echo all-"done"\n');
  await before.until(() => before.text.includes('line 200\r\n'));
  await first.kill();
  await sleep(500);
  await using second = await startKeeper();
  expect(await running(second)).toMatchObject([{ id, lab: lab.id, state: 'ready' }]);
  using after = await Terminal.attach(second, id, 0, before.seq);
  await after.until(() => after.text.includes('all-done\r\n'));
  expect(after.shell).toBe(before.shell);
  expect([before.gaps, after.gaps]).toEqual([0, 0]);
  const lines = (before.text + after.text).match(/line \d+(?=\r\n)/g);
  expect(lines).toEqual(Array.from({ length: 3000 }, (_, index) => `line ${index + 1}`));
  expect(await after.run('echo $$ $x; pwd')).toBe(`${shell} kept\r\n/srv`);
  expect((await second.ask('POST', `/sandboxes/${id}/check`)).status).toBe(200);
});

test('after kill -9 the next keeper removes what belongs to no session: ready sandboxes, sandboxes of the dead, and sockets', async () => {
  const first = await startReadyKeeper({ SCHOTT_WARM: '2', SCHOTT_CAPACITY: '2' });
  for (let tries = 0; tries < 200 && (await takeCensus(workbench.place)).containers?.length !== 4; tries++) await sleep(200);
  const expired = await createSandbox({ ...workbench.place, owner: 'keeper' }, lab, image);
  const ofTheDead = await createSandbox({ ...workbench.place, owner: 'cli:4194303' }, lab, image);
  const ofOurs = await createSandbox(workbench.place, lab, image);
  await first.kill();
  await using second = await startKeeper();
  expect(await running(second)).toEqual([]);
  // The keeper looks after learners first, and cleans up behind them.
  await vi.waitFor(
    async () => {
      const { containers, relays } = await takeCensus(workbench.place);
      expect(containers).toEqual([`/schott-${ofOurs.id}-attacker`, `/schott-${ofOurs.id}-dockerhost`]);
      expect(relays).toEqual([]);
    },
    { timeout: 60_000, interval: 500 },
  );
  for (const parts of [expired, ofTheDead, ofOurs]) await parts.close();
  await removeSandbox(workbench.place, ofOurs.id);
});

test('a request that is not valid gets an error that says so, and the keeper lives on', async () => {
  await using keeper = await startReadyKeeper();
  const expiresAt = new Date(Date.now() + 60_000).toISOString();
  const unknown = 'abcdefghijklmnop';
  const cases: ReadonlyArray<readonly [method: string, path: string, body: unknown, status: number, code: string]> = [
    ['GET', '/sandboxes/../../etc/passwd', undefined, 404, 'unknown-sandbox'],
    ['GET', '/sandboxes/..%2f..%2fetc%2fpasswd', undefined, 400, 'bad-request'],
    ['GET', '/sandboxes/ABC', undefined, 400, 'bad-request'],
    ['GET', '/sandboxes/%ff%fe', undefined, 400, 'bad-request'],
    ['GET', `/sandboxes/${unknown}`, undefined, 404, 'unknown-sandbox'],
    ['GET', '/containers/json', undefined, 404, 'unknown-sandbox'],
    ['POST', `/sandboxes/${unknown}/check`, undefined, 404, 'unknown-sandbox'],
    ['POST', `/sandboxes/${unknown}/flag`, { flag: 'x' }, 404, 'unknown-sandbox'],
    ['PUT', `/sandboxes/${unknown}/deadline`, { expiresAt }, 404, 'unknown-sandbox'],
    ['POST', '/sandboxes', { lab: 'kernel/no-such-lab', expiresAt }, 404, 'unknown-lab'],
    ['POST', '/sandboxes', { lab: '../../etc', expiresAt }, 400, 'bad-request'],
    ['POST', '/sandboxes', { lab: 'kernel/../../etc', expiresAt }, 400, 'bad-request'],
    ['POST', '/sandboxes', { lab: lab.id, expiresAt: 'soon' }, 400, 'bad-request'],
    ['POST', '/sandboxes', { lab: lab.id, expiresAt, image: 'debian', privileged: true }, 400, 'bad-request'],
    ['POST', '/sandboxes', [], 400, 'bad-request'],
    ['POST', '/sandboxes', '{"lab": ', 400, 'bad-request'],
    ['POST', '/sandboxes', `{"lab": "${'x'.repeat(17 * 1024)}"}`, 413, 'bad-request'],
    ['POST', `/sandboxes/${unknown}/flag`, { flag: 'x'.repeat(10_000) }, 404, 'unknown-sandbox'],
  ];
  for (const [method, path, body, status, code] of cases) {
    const answer = await keeper.ask(method, path, body);
    expect([path, answer], path).toMatchObject([path, { status, body: { error: { code, message: { de: expect.any(String), en: expect.any(String) } } } }]);
  }
  // Here the keeper hangs up before all is said, and the answer may be lost with it.
  const large = await keeper.ask('POST', '/sandboxes', `{"lab": "${'x'.repeat(1024 * 1024)}"}`).catch((error: NodeJS.ErrnoException) => error.code);
  expect(typeof large === 'object' ? large.status : large).toSatisfy((outcome) => [413, 'EPIPE', 'ECONNRESET'].includes(outcome));
  expect(keeperHealth.parse((await keeper.ask('GET', '/health')).body).sandboxes).toBe(0);
});

test('a frame that is none closes its terminal and nothing else', async () => {
  await using keeper = await startReadyKeeper();
  const { id } = await keeper.start(lab.id);
  using good = await Terminal.attach(keeper, id);
  const frames: ReadonlyArray<readonly [frame: Buffer | string, code: number]> = [
    ['text instead of bytes', 1008],
    [Buffer.alloc(0), 1008],
    [Buffer.from([0x77, 1, 2, 3]), 1008],
    [Buffer.from([0x00, 1]), 1008],
    [Buffer.alloc(65 * 1024 + 2, 1), 1008],
  ];
  for (const [frame, code] of frames) {
    const websocket = keeper.websocket(`/sandboxes/${id}/terminals/0`);
    await once(websocket, 'open');
    websocket.send(frame);
    expect((await once(websocket, 'close'))[0], `${frame.length} bytes`).toBe(code);
  }
  const large = keeper.websocket(`/sandboxes/${id}/terminals/0`);
  await once(large, 'open');
  large.on('error', () => undefined);
  large.send(Buffer.alloc(1024 * 1024, 1));
  // 1009; lost when the keeper hangs up while the rest of the frame is still on its way.
  expect([1009, 1006]).toContain((await once(large, 'close'))[0]);
  for (const path of ['/sandboxes/abcdefghijklmnop/terminals/0', '/sandboxes/abcdefghijklmnop/events']) {
    expect((await once(keeper.websocket(path), 'close'))[0]).toBe(4404);
  }
  expect((await once(keeper.websocket(`/sandboxes/${id}/terminals/7`), 'close'))[0]).toBe(4503);
  expect(await good.run('echo still "here"')).toBe('still here');
});

test("when the engine is killed the keeper brings it back, and the sandbox's shell lives on", async () => {
  await using keeper = await startReadyKeeper();
  const { id } = await keeper.start(lab.id);
  using terminal = await Terminal.attach(keeper, id);
  const shell = await terminal.run('echo $$');
  const { instance } = workbench.place;
  process.kill(Number(await readFile(instance.enginePidFile, 'utf8')), 'SIGKILL');
  expect(keeperHealth.parse((await keeper.ask('GET', '/health')).body)).toMatchObject({ state: 'degraded', reason: { de: expect.any(String) } });
  for (let tries = 0; tries < 300 && !(await answers(instance)); tries++) await sleep(200);
  expect(keeperHealth.parse((await keeper.ask('GET', '/health')).body).state).toBe('ok');
  expect(await terminal.run('echo $$')).toBe(shell);
  await sleep(3000);
  expect(await running(keeper)).toMatchObject([{ id, state: 'ready' }]);
  expect((await keeper.ask('POST', `/sandboxes/${id}/check`)).status).toBe(200);
});
