import { expect, test } from 'vitest';
import type { SessionEvent } from '#protocol/api.ts';
import type { CheckResult } from '#protocol/verdict.ts';
import { encodeClientFrame } from '#protocol/terminal.ts';
import { verdict } from '../keeper/fake-keeper.ts';
import { eventually, startTestCourse, type TestCourse, type TestSocket } from '../test-course.ts';

const checkTimings = { debounceMs: 50, maxDebounceMs: 200, quietMs: 100, activityGapMs: 300 };

async function startWatchedSession(course: TestCourse) {
  const learner = course.learner();
  const { id } = await learner.startSession();
  const [sandbox = ''] = course.keeper.sandboxes.keys();
  await eventually(() => expect(course.keeper.requests).toContain(`GET /sandboxes/${sandbox}`));
  const events = learner.connect(`/api/sessions/${id}/events`);
  await eventually(() => expect(events.messages).toHaveLength(1));
  return { learner, id, sandbox, events, docker: () => course.keeper.emit(sandbox, { type: 'docker', action: 'start' }) };
}

function results(events: TestSocket): CheckResult[] {
  return events.events().flatMap((event: SessionEvent) => (event.type === 'checked' ? [event.result] : []));
}

test('a Docker event turns a task green in every browser, and back with its reason', async () => {
  await using course = await startTestCourse({ checkTimings });
  const { learner, id, events, docker } = await startWatchedSession(course);
  using second = learner.connect(`/api/sessions/${id}/events`);
  await second.opened;
  expect(events.events()[0]).toMatchObject({ type: 'session', session: { id, state: 'ready' } });

  course.keeper.behaviour.tasks = [verdict('drop-root', true)];
  docker();
  docker();
  await eventually(() => expect(results(events)).toHaveLength(1));
  await eventually(() => expect(results(second)).toHaveLength(1));
  expect(events.events().slice(1)).toMatchObject([
    { type: 'checking', cause: 'docker' },
    { type: 'checked', result: { passed: 1 } },
  ]);

  course.keeper.behaviour.tasks = [verdict('drop-root', false)];
  docker();
  await eventually(() => expect(results(events)).toHaveLength(2));
  expect(results(events)[1]?.tasks[0]).toMatchObject({ state: 'regressed', passed: false, messageId: 'not-yet', message: { en: 'Not yet.' } });
  expect((await learner.request('GET', '/api/progress')).json()).toMatchObject({ points: 10 });
});

test('a task is still known as regressed after a restart of the server', async () => {
  await using course = await startTestCourse({ checkTimings });
  course.keeper.behaviour.tasks = [verdict('drop-root', true), verdict('other', false)];
  const { learner, id } = await startWatchedSession(course);
  await learner.request('POST', `/api/sessions/${id}/check`);
  await course.restart();
  course.keeper.behaviour.tasks = [verdict('drop-root', false), verdict('other', false)];
  const result = (await learner.request('POST', `/api/sessions/${id}/check`)).json<CheckResult>();
  expect(result.tasks.map(({ state }) => state)).toEqual(['regressed', 'failed']);
});

test('a task that is judged on request keeps its verdict while others are judged by themselves', async () => {
  await using course = await startTestCourse({ checkTimings });
  course.keeper.behaviour.tasks = [verdict('restart', true), verdict('drop-root', false)];
  course.keeper.behaviour.onRequest = new Set(['restart']);
  const { learner, id, events, docker } = await startWatchedSession(course);
  docker();
  await eventually(() => expect(results(events)).toHaveLength(1));
  expect(results(events)[0]).toMatchObject({ passed: 0, points: 0, tasks: [{ state: 'inconclusive', messageId: 'on-request' }, { state: 'failed' }] });

  const asked = (await learner.request('POST', `/api/sessions/${id}/check`)).json<CheckResult>();
  expect(asked).toMatchObject({ passed: 1, tasks: [{ state: 'passed' }, { state: 'failed' }] });

  course.keeper.behaviour.tasks = [verdict('restart', false), verdict('drop-root', true)];
  docker();
  await eventually(() => expect(results(events)).toHaveLength(3));
  expect(results(events)[2]).toMatchObject({ passed: 2, points: 20, tasks: [{ state: 'passed', evidence: ['Uid of pid 7: 0'] }, { state: 'passed' }] });

  const again = (await learner.request('POST', `/api/sessions/${id}/check`)).json<CheckResult>();
  expect(again).toMatchObject({ passed: 1, tasks: [{ state: 'regressed' }, { state: 'passed' }] });
  docker();
  await eventually(() => expect(results(events)).toHaveLength(5));
  expect(results(events)[4]?.tasks[0]).toMatchObject({ state: 'regressed', messageId: 'not-yet' });
  expect(course.keeper.fullChecks).toEqual([false, true, false, true, false]);
});

test('checks of one session never overlap, whoever asks', async () => {
  await using course = await startTestCourse({ checkTimings });
  course.keeper.behaviour.checkDelayMs = 100;
  const { learner, id, docker } = await startWatchedSession(course);
  const buttons = Array.from({ length: 10 }, () => learner.request('POST', `/api/sessions/${id}/check`));
  for (let count = 0; count < 10; count++) {
    docker();
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  for (const answer of await Promise.all(buttons)) expect(answer.status).toBe(200);
  expect(course.keeper.maxParallelChecks()).toBe(1);
});

test('nothing is checked while no browser watches', async () => {
  await using course = await startTestCourse({ checkTimings });
  const { learner, id, sandbox, events, docker } = await startWatchedSession(course);
  events.socket.close();
  await events.closed;
  await eventually(async () => expect((await learner.request('GET', '/metrics')).text).toContain('schott_websocket_connections{kind="events"} 0'));
  docker();
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(course.keeper.requests).not.toContain(`POST /sandboxes/${sandbox}/check`);
  using again = learner.connect(`/api/sessions/${id}/events`);
  await eventually(() => expect(again.events().map(({ type }) => type)).toEqual(['session', 'checking', 'checked']));
  expect(again.events()[1]).toMatchObject({ cause: 'start' });
});

test('quiet after typing makes a check', async () => {
  await using course = await startTestCourse({ checkTimings });
  const { learner, id, events } = await startWatchedSession(course);
  using terminal = learner.connect(`/api/sessions/${id}/terminals/0`);
  await terminal.opened;
  terminal.socket.send(encodeClientFrame({ type: 'resize', columns: 80, rows: 24 }));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(results(events)).toHaveLength(0);
  terminal.socket.send(encodeClientFrame({ type: 'input', data: Buffer.from('chmod 600 /srv/key\n') }));
  await eventually(() => expect(results(events)).toHaveLength(1));
  expect(events.events()).toContainEqual({ type: 'checking', cause: 'activity' });
});

test('browsers hear that the keeper is away, and get a check when it is back', async () => {
  await using course = await startTestCourse({ checkTimings });
  const { learner, id, events } = await startWatchedSession(course);
  await course.keeper.stop();
  await eventually(() => expect(events.events().at(-1)).toMatchObject({ type: 'error', error: { code: 'keeper_unavailable' } }));
  expect((await learner.request('POST', `/api/sessions/${id}/check`)).status).toBe(503);
  course.keeper.behaviour.tasks = [verdict('drop-root', true)];
  await course.keeper.start();
  await eventually(() => expect(results(events)).toHaveLength(1));
  expect((await learner.request('GET', `/api/sessions/${id}`)).json()).toMatchObject({ state: 'ready' });
});

test('a session that ends says so and closes its events', async () => {
  await using course = await startTestCourse({ checkTimings });
  const { learner, id, events } = await startWatchedSession(course);
  await learner.request('DELETE', `/api/sessions/${id}`);
  expect(await events.closed).toEqual({ code: 4410, reason: 'session_over' });
  expect(events.events().at(-1)).toMatchObject({ type: 'session', session: { state: 'ended' } });
});

test('the result of a check that a reset has overtaken is thrown away', async () => {
  await using course = await startTestCourse({ checkTimings });
  course.keeper.behaviour.tasks = [verdict('drop-root', true)];
  course.keeper.behaviour.checkDelayMs = 200;
  const { learner, id, sandbox } = await startWatchedSession(course);
  const check = learner.request('POST', `/api/sessions/${id}/check`);
  await eventually(() => expect(course.keeper.requests).toContain(`POST /sandboxes/${sandbox}/check`));
  await learner.request('POST', `/api/sessions/${id}/reset`);
  expect((await check).status).toBe(409);
  expect((await learner.request('GET', '/api/progress')).json()).toMatchObject({ points: 0 });
});
