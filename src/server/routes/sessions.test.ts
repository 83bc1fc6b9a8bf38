import { expect, test } from 'vitest';
import { session, type ApiError, type Progress, type Session, type SessionList } from '#protocol/api.ts';
import type { CheckResult } from '#protocol/verdict.ts';
import { verdict } from '../keeper/fake-keeper.ts';
import { eventually, startTestCourse } from '../test-course.ts';

test('a learner starts, sees and ends a session', async () => {
  await using course = await startTestCourse();
  const learner = course.learner();
  const started = await learner.request('POST', '/api/sessions', { lab: 'kernel/first' });
  expect(started.status).toBe(201);
  const { id, state, expiresAt, now } = session.parse(started.json());
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(state).toBe('ready');
  expect(Date.parse(expiresAt) - Date.parse(now)).toBeGreaterThan(74 * 60_000);
  expect([...course.keeper.sandboxes.values()]).toMatchObject([{ lab: 'kernel/first', expiresAt }]);

  expect((await learner.request('GET', '/api/sessions')).json<SessionList>().sessions.map((own) => own.id)).toEqual([id]);
  expect((await learner.request('DELETE', `/api/sessions/${id}`)).status).toBe(204);
  expect(course.keeper.sandboxes.size).toBe(0);
  expect((await learner.request('GET', `/api/sessions/${id}`)).json<Session>().state).toBe('ended');
  expect((await learner.request('GET', '/api/sessions')).json<SessionList>().sessions).toEqual([]);
  expect((await learner.request('DELETE', `/api/sessions/${id}`)).status).toBe(204);
});

test('fifty parallel starts give a learner exactly two sandboxes, and the refusals name the running labs', async () => {
  await using course = await startTestCourse({ startsPerMinute: 100 });
  course.keeper.behaviour.startDelayMs = 50;
  const learner = course.learner();
  await learner.request('GET', '/api/progress');
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => learner.request('POST', '/api/sessions', { lab: index % 2 ? 'kernel/first' : 'kernel/second' })),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(48);
  expect(course.keeper.sandboxes.size).toBe(2);
  const { error } = answers.find(({ status }) => status === 409)!.json<ApiError>();
  expect(error.code).toBe('too_many_sessions');
  expect(error.message.en).toMatch(/The (second )?test lab, The (second )?test lab/);
  expect(error.message.de).toMatch(/Das (zweite )?Testlabor/);
});

test('a failed start takes no place', async () => {
  await using course = await startTestCourse();
  const learner = course.learner();
  course.keeper.behaviour.refuseStart = { status: 503, code: 'lab-unavailable' };
  for (let attempt = 0; attempt < 3; attempt++) {
    const refused = await learner.request('POST', '/api/sessions', { lab: 'kernel/first' });
    expect(refused.status).toBe(503);
    expect(refused.json<ApiError>().error).toEqual({ code: 'lab_unavailable', message: { de: 'Nein: lab-unavailable', en: 'No: lab-unavailable' } });
  }
  course.keeper.behaviour.refuseStart = undefined;
  expect((await learner.request('POST', '/api/sessions', { lab: 'kernel/first' })).status).toBe(201);
});

test('a keeper that is down or talks nonsense is a 503 that says what to do', async () => {
  await using course = await startTestCourse();
  const learner = course.learner();
  course.keeper.behaviour.rawAnswer = '{"id":"../../etc"}';
  expect((await learner.request('POST', '/api/sessions', { lab: 'kernel/first' })).json<ApiError>().error.code).toBe('keeper_unavailable');
  course.keeper.behaviour.rawAnswer = undefined;
  await course.keeper.stop();
  const refused = await learner.request('POST', '/api/sessions', { lab: 'kernel/first' });
  expect(refused.status).toBe(503);
  expect(refused.json<ApiError>().error).toMatchObject({ code: 'keeper_unavailable', message: { en: expect.stringContaining('try again') } });
  expect((await learner.request('GET', '/api/sessions')).json<SessionList>().sessions).toEqual([]);
});

test('somebody else’s session is answered like one that does not exist', async () => {
  await using course = await startTestCourse();
  const { id } = await course.learner().startSession();
  const stranger = course.learner();
  const routes = [
    ['GET', ''],
    ['DELETE', ''],
    ['POST', '/check'],
    ['POST', '/reset'],
    ['POST', '/extend'],
    ['POST', '/solution'],
    ['POST', '/flag'],
  ] as const;
  for (const [method, path] of routes) {
    const body = path === '/flag' ? { flag: 'x' } : undefined;
    const foreign = await stranger.request(method, `/api/sessions/${id}${path}`, body);
    const unknown = await stranger.request(method, `/api/sessions/${'0'.repeat(32)}${path}`, body);
    expect(foreign.status).toBe(404);
    expect(foreign.text).toBe(unknown.text);
  }
  expect(course.keeper.sandboxes.size).toBe(1);
});

test('a reset gives the same session a new sandbox without a history', async () => {
  await using course = await startTestCourse();
  course.keeper.behaviour.tasks = [verdict('drop-root', true)];
  const learner = course.learner();
  const { id, expiresAt } = await learner.startSession();
  const [firstSandbox] = course.keeper.sandboxes.keys();
  await learner.request('POST', `/api/sessions/${id}/check`);

  const reset = (await learner.request('POST', `/api/sessions/${id}/reset`)).json<Session>();
  expect(reset).toMatchObject({ id, state: 'ready', expiresAt });
  expect(reset.lastCheck).toBeUndefined();
  expect(course.keeper.sandboxes.size).toBe(1);
  expect(course.keeper.sandboxes.has(firstSandbox!)).toBe(false);

  course.keeper.behaviour.tasks = [verdict('drop-root', false)];
  const checked = (await learner.request('POST', `/api/sessions/${id}/check`)).json<CheckResult>();
  expect(checked.tasks[0]?.state).toBe('failed');
});

test('a reset of a lab that cannot run any more ends the session with the reason', async () => {
  await using course = await startTestCourse();
  const learner = course.learner();
  const { id } = await learner.startSession();
  course.keeper.behaviour.refuseStart = { status: 503, code: 'lab-unavailable' };
  expect((await learner.request('POST', `/api/sessions/${id}/reset`)).status).toBe(503);
  expect((await learner.request('GET', `/api/sessions/${id}`)).json<Session>()).toMatchObject({ state: 'failed', reason: { en: 'No: lab-unavailable' } });
});

test('time can be extended three times, also when asked in parallel', async () => {
  await using course = await startTestCourse();
  const learner = course.learner();
  const { id, expiresAt } = await learner.startSession();
  const answers = await Promise.all(Array.from({ length: 5 }, () => learner.request('POST', `/api/sessions/${id}/extend`)));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 409, 409]);
  const after = (await learner.request('GET', `/api/sessions/${id}`)).json<Session>();
  expect(after.extensionsLeft).toBe(0);
  expect(Date.parse(after.expiresAt) - Date.parse(expiresAt)).toBe(90 * 60_000);
  expect([...course.keeper.sandboxes.values()][0]?.expiresAt).toBe(after.expiresAt);
});

test('a session ends when its time is up', async () => {
  await using course = await startTestCourse();
  const learner = course.learner();
  const { id } = await learner.startSession();
  course.store.sessions.change(id, { expiresAt: Date.now() - 1 });
  await eventually(() => expect(course.keeper.sandboxes.size).toBe(0));
  expect((await learner.request('GET', `/api/sessions/${id}`)).json<Session>().state).toBe('expired');
  const late = await learner.request('POST', `/api/sessions/${id}/check`);
  expect(late.status).toBe(410);
  expect(late.json<ApiError>().error.code).toBe('session_over');
});

test('a sandbox that dies fails its session with a reason', async () => {
  await using course = await startTestCourse();
  const learner = course.learner();
  const { id } = await learner.startSession();
  const [sandbox] = course.keeper.sandboxes.keys();
  await eventually(() => expect(course.keeper.requests).toContain(`GET /sandboxes/${sandbox}`));
  course.keeper.lose(sandbox!, 'died');
  await eventually(async () =>
    expect((await learner.request('GET', `/api/sessions/${id}`)).json<Session>()).toMatchObject({
      state: 'failed',
      reason: { en: expect.stringContaining('crashed') },
    }),
  );
});

test('a session that is starting gets ready when the keeper says so', async () => {
  await using course = await startTestCourse();
  course.keeper.behaviour.startState = 'starting';
  const learner = course.learner();
  const { id, state } = await learner.startSession();
  expect(state).toBe('starting');
  expect((await learner.request('POST', `/api/sessions/${id}/check`)).json<ApiError>().error.code).toBe('session_not_ready');
  using events = learner.connect(`/api/sessions/${id}/events`);
  await eventually(() => expect(events.messages).toHaveLength(1));
  const [sandbox] = course.keeper.sandboxes.values();
  course.keeper.sandboxes.set(sandbox!.id, { ...sandbox!, state: 'ready' });
  course.keeper.emit(sandbox!.id, { type: 'sandbox', sandbox: { ...sandbox!, state: 'ready' } });
  await eventually(() => expect(events.events().at(-1)).toMatchObject({ type: 'session', session: { state: 'ready' } }));
});

test('checks, flag and solution make progress that stays', async () => {
  await using course = await startTestCourse();
  course.keeper.behaviour.tasks = [verdict('drop-root', true), verdict('extra', false, { bonus: true })];
  const learner = course.learner();
  const { id } = await learner.startSession();
  expect((await learner.request('POST', `/api/sessions/${id}/flag`, { flag: 'FLAG{wrong}' })).json()).toEqual({ accepted: false });
  expect((await learner.request('POST', `/api/sessions/${id}/flag`, { flag: ' FLAG{right}\n' })).json()).toEqual({ accepted: true });
  const checked = await learner.request('POST', `/api/sessions/${id}/check`);
  expect(checked.json<CheckResult>()).toMatchObject({ passed: 1, total: 1, points: 10 });
  expect((await learner.request('POST', `/api/sessions/${id}/solution`)).json()).toEqual({ script: '#!/bin/sh\necho solved\n' });
  await learner.request('PUT', '/api/progress/place', { path: '/kernel/' });
  await learner.request('PUT', '/api/progress/quiz', { quiz: 'kernel/namespaces', answers: ['a', 'c'] });

  await course.restart();
  expect((await learner.request('GET', '/api/progress')).json<Progress>()).toEqual({
    labs: { 'kernel/first': { attackSolved: true, tasks: ['drop-root'], points: 30, solvedAt: expect.any(String), solutionSeen: true } },
    quizzes: { 'kernel/namespaces': { answers: ['a', 'c'], answeredAt: expect.any(String) } },
    lastPlace: '/kernel/',
    points: 30,
  });
  expect((await learner.request('GET', `/api/sessions/${id}`)).json<Session>()).toMatchObject({ state: 'ready', attackSolved: true, lastCheck: { passed: 1 } });
});

test('solving again gives no points twice', async () => {
  await using course = await startTestCourse();
  course.keeper.behaviour.tasks = [verdict('drop-root', true)];
  const learner = course.learner();
  for (let round = 0; round < 2; round++) {
    const { id } = await learner.startSession();
    await learner.request('POST', `/api/sessions/${id}/check`);
    await learner.request('POST', `/api/sessions/${id}/flag`, { flag: 'FLAG{right}' });
    await learner.request('DELETE', `/api/sessions/${id}`);
  }
  expect((await learner.request('GET', '/api/progress')).json<Progress>().points).toBe(30);
});
