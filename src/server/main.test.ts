import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LabList, Progress, Session, SessionList } from '#protocol/api.ts';
import { loadCatalog } from './catalog.ts';
import { startFakeKeeper, verdict } from './keeper/fake-keeper.ts';
import { createTestLearner, eventually } from './test-course.ts';

/** Real server processes, one after the other, on one data folder. */
async function setUp(options: { hasKeeper: boolean }) {
  const directory = mkdtempSync(join(tmpdir(), 'schott-main-'));
  const catalog = await loadCatalog(() => {});
  const labs = [...catalog.labs.keys()];
  const keeper = await startFakeKeeper(join(directory, 'keeper.sock'), labs);
  let child: ChildProcess | undefined;
  let url = '';
  return {
    directory,
    keeper,
    lab: labs[0] ?? '',
    learner: createTestLearner(() => url),
    async start() {
      const environment = {
        SCHOTT_PORT: '0',
        SCHOTT_DATA: join(directory, 'data'),
        SCHOTT_SITE: join(directory, 'no-site'),
        ...(options.hasKeeper && { SCHOTT_KEEPER_SOCKET: join(directory, 'keeper.sock') }),
      };
      child = fork(join(import.meta.dirname, 'main.ts'), {
        env: { PATH: process.env['PATH'], ...environment },
        execArgv: [],
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      const [message] = (await once(child, 'message')) as [{ type: string; url: string }];
      url = message.url;
      return child;
    },
    async [Symbol.asyncDispose]() {
      child?.kill('SIGKILL');
      await keeper[Symbol.asyncDispose]();
      rmSync(directory, { recursive: true });
    },
  };
}

test('kill -9 loses nothing that was acknowledged, and running sessions go on', async () => {
  await using setup = await setUp({ hasKeeper: true });
  const { learner, keeper, lab } = setup;
  keeper.behaviour.tasks = [verdict('one', true), verdict('two', false)];
  const first = await setup.start();
  const session = await learner.startSession(lab);
  await learner.request('POST', `/api/sessions/${session.id}/check`);
  let acknowledged = 0;
  // Killed in the middle of writing as fast as it can.
  const writing = (async () => {
    for (;;) {
      const { status } = await learner.request('PUT', '/api/progress/quiz', { quiz: `quiz/${acknowledged}`, answers: ['a'] });
      if (status === 204) acknowledged++;
    }
  })();
  await eventually(() => expect(acknowledged).toBeGreaterThan(20));
  first.kill('SIGKILL');
  await expect(writing).rejects.toThrow(TypeError);

  await setup.start();
  const progress = (await learner.request('GET', '/api/progress')).json<Progress>();
  expect(Object.keys(progress.quizzes).length).toBeGreaterThanOrEqual(acknowledged);
  expect(progress.labs[lab]).toMatchObject({ tasks: ['one'], points: 10 });
  const resumed = (await learner.request('GET', `/api/sessions/${session.id}`)).json<Session>();
  expect(resumed).toMatchObject({ state: 'ready', expiresAt: session.expiresAt, lastCheck: { passed: 1 } });
  keeper.behaviour.tasks = [verdict('one', false), verdict('two', true)];
  expect((await learner.request('POST', `/api/sessions/${session.id}/check`)).json()).toMatchObject({ tasks: [{ state: 'regressed' }, { state: 'passed' }] });
});

test('a start that kill -9 interrupts gets the sandbox the keeper made for it', async () => {
  await using setup = await setUp({ hasKeeper: true });
  const { learner, keeper, lab } = setup;
  const first = await setup.start();
  await learner.request('GET', '/api/progress');
  keeper.behaviour.startDelayMs = 300;
  const start = learner.startSession(lab);
  await eventually(() => expect(keeper.requests).toContain('POST /sandboxes'));
  first.kill('SIGKILL');
  await expect(start).rejects.toThrow(TypeError);
  await eventually(() => expect(keeper.sandboxes.size).toBe(1));

  await setup.start();
  await eventually(async () => expect((await learner.request('GET', '/api/sessions')).json<SessionList>().sessions).toMatchObject([{ state: 'ready' }]));
  expect(keeper.sandboxes.size).toBe(1);
});

test('secrets and data are nobody else’s, SIGTERM ends the server, and so does the end of its parent’s channel', async () => {
  await using setup = await setUp({ hasKeeper: true });
  const first = await setup.start();
  const data = join(setup.directory, 'data');
  expect(statSync(data).mode & 0o777).toBe(0o700);
  for (const file of ['cookie-secret', 'schott.sqlite']) expect(statSync(join(data, file)).mode & 0o777).toBe(0o600);
  await setup.learner.startSession(setup.lab);
  first.kill('SIGTERM');
  expect(await once(first, 'exit')).toEqual([0, null]);

  const second = await setup.start();
  second.disconnect();
  expect(await once(second, 'exit')).toEqual([0, null]);
});

test('without a keeper the server still serves, and says why there are no labs', async () => {
  await using setup = await setUp({ hasKeeper: false });
  await setup.start();
  const { labs } = (await setup.learner.request('GET', '/api/labs')).json<LabList>();
  expect(labs.length).toBeGreaterThan(0);
  for (const { availability } of labs) expect(availability).toMatchObject({ state: 'unavailable', reason: { de: expect.stringContaining('ohne Labore') } });
  expect((await setup.learner.request('GET', '/healthz')).json()).toMatchObject({ state: 'lessons-only', keeper: { state: 'off' } });
  const refused = await setup.learner.request('POST', '/api/sessions', { lab: setup.lab });
  expect(refused.status).toBe(503);
  expect(refused.json()).toMatchObject({ error: { code: 'labs_off' } });
});
