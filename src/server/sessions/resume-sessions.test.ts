import { expect, test } from 'vitest';
import type { Session } from '#protocol/api.ts';
import { eventually, startTestCourse } from '../test-course.ts';

test('a session whose sandbox vanished while the server was away fails with a reason', async () => {
  await using course = await startTestCourse();
  const learner = course.learner();
  const { id } = await learner.startSession();
  await course.stop();
  course.keeper.sandboxes.clear();
  await course.startAgain();
  await eventually(async () =>
    expect((await learner.request('GET', `/api/sessions/${id}`)).json<Session>()).toMatchObject({
      state: 'failed',
      reason: { en: expect.stringContaining('gone') },
    }),
  );
});

test('a session whose time ran out while the server was away is expired, and its sandbox removed', async () => {
  await using course = await startTestCourse();
  const learner = course.learner();
  const { id } = await learner.startSession();
  course.store.sessions.change(id, { expiresAt: Date.now() - 1 });
  await course.restart();
  await eventually(() => expect(course.keeper.sandboxes.size).toBe(0));
  expect((await learner.request('GET', `/api/sessions/${id}`)).json<Session>().state).toBe('expired');
});

test('sessions are resumed when the keeper comes up after the server', async () => {
  await using course = await startTestCourse();
  const learner = course.learner();
  const { id } = await learner.startSession();
  await course.stop();
  await course.keeper.stop();
  await course.startAgain();
  expect((await learner.request('GET', `/api/sessions/${id}`)).json<Session>().state).toBe('ready');
  course.keeper.requests.length = 0;
  await course.keeper.start();
  const [sandbox = ''] = course.keeper.sandboxes.keys();
  await eventually(() => expect(course.keeper.requests).toContain(`GET /sandboxes/${sandbox}`));
  course.keeper.lose(sandbox, 'expired');
  await eventually(async () => expect((await learner.request('GET', `/api/sessions/${id}`)).json<Session>().state).toBe('expired'));
});

test('a sandbox that could not be removed is removed later', async () => {
  await using course = await startTestCourse();
  const learner = course.learner();
  const { id } = await learner.startSession();
  await course.keeper.stop();
  expect((await learner.request('DELETE', `/api/sessions/${id}`)).status).toBe(204);
  expect(course.keeper.sandboxes.size).toBe(1);
  await course.keeper.start();
  await eventually(() => expect(course.keeper.sandboxes.size).toBe(0));
});

test('a start that was interrupted before the keeper heard of it is made up for', async () => {
  await using course = await startTestCourse();
  const learner = course.learner();
  const { id } = await learner.startSession();
  const [lost = ''] = course.keeper.sandboxes.keys();
  course.store.sessions.change(id, { state: 'queued', sandbox: null, startedAt: null, expiresAt: Date.now() + 123_456 });
  await course.restart();
  expect((await learner.request('GET', `/api/sessions/${id}`)).json<Session>().state).toBe('queued');
  await eventually(() => expect(course.store.sessions.find(id)).toMatchObject({ state: 'ready', sandbox: expect.any(String) }));
  expect(course.store.sessions.find(id)?.sandbox).not.toBe(lost);
});

test('a start that was interrupted after the keeper heard of it gets the sandbox that was made for it, and no second one', async () => {
  await using course = await startTestCourse();
  const learner = course.learner();
  const { id, expiresAt } = await learner.startSession();
  const [made = ''] = course.keeper.sandboxes.keys();
  course.store.sessions.change(id, { state: 'queued', sandbox: null, startedAt: null });
  await course.restart();
  await eventually(() => expect(course.store.sessions.find(id)).toMatchObject({ state: 'ready', sandbox: made, expiresAt: Date.parse(expiresAt) }));
  expect(course.keeper.sandboxes.size).toBe(1);
});
