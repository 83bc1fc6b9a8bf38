import { expect, test } from 'vitest';
import type { ApiError, QueueStanding, Session, SessionEvent } from '#protocol/api.ts';
import { encodeClientFrame } from '#protocol/terminal.ts';
import { eventually, startTestCourse, type TestCourse } from '../test-course.ts';

type TestLearner = ReturnType<TestCourse['learner']>;

/** These tests ask more often than a page does. */
function startBusyCourse(parts: Parameters<typeof startTestCourse>[0] = {}): Promise<TestCourse> {
  return startTestCourse({ requestsPerMinute: 100_000, ...parts });
}

/** A learner with a session of `lab`, as it was answered. */
async function arrive(course: TestCourse, lab = 'kernel/first') {
  const learner = course.learner();
  // A page asks something before it starts a session, and is known from then on.
  await learner.request('GET', '/api/progress');
  const session = await learner.startSession(lab);
  return { learner, id: session.id, session, now: () => lookAt(learner, session.id) };
}

async function lookAt(learner: TestLearner, id: string): Promise<Session> {
  return (await learner.request('GET', `/api/sessions/${id}`)).json<Session>();
}

test('who finds no room waits with place and reason, and is told when it moves up', async () => {
  await using course = await startBusyCourse();
  course.keeper.behaviour.capacity = 1;
  const first = await arrive(course);
  expect(first.session).toMatchObject({ state: 'ready' });
  expect(first.session.queue).toBeUndefined();
  const second = await arrive(course);
  const third = await arrive(course, 'kernel/second');
  expect(second.session).toMatchObject({ state: 'queued', queue: { place: 1, reason: { de: 'Nein: no-room', en: 'No: no-room' } } });
  expect(third.session).toMatchObject({ state: 'queued', queue: { place: 2 } });
  expect(course.keeper.sandboxes.size).toBe(1);

  using events = third.learner.connect(`/api/sessions/${third.id}/events`);
  await first.learner.request('DELETE', `/api/sessions/${first.id}`);
  await eventually(async () => expect((await second.now()).state).toBe('ready'));
  await eventually(() => expect(placesIn(events.events())).toEqual([2, 1]));
  await second.learner.request('DELETE', `/api/sessions/${second.id}`);
  await eventually(() => expect(events.events().at(-1)).toMatchObject({ type: 'session', session: { state: 'ready' } }));
});

test('the time of a session begins when it has its sandbox', async () => {
  await using course = await startBusyCourse();
  course.keeper.behaviour.capacity = 0;
  const { id, session, now } = await arrive(course);
  course.store.sessions.change(id, { expiresAt: Date.now() - 1 });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect((await now()).state).toBe('queued');
  course.keeper.behaviour.capacity = 1;
  await eventually(async () => expect((await now()).state).toBe('ready'));
  expect(Date.parse((await now()).expiresAt)).toBeGreaterThan(Date.parse(session.expiresAt) + 1000);
  expect([...course.keeper.sandboxes.values()]).toMatchObject([{ expiresAt: (await now()).expiresAt }]);
});

test('a terminal that is opened while its session waits has a shell as soon as there is one', async () => {
  await using course = await startBusyCourse();
  course.keeper.behaviour.capacity = 0;
  const { learner, id } = await arrive(course);
  using terminal = learner.connect(`/api/sessions/${id}/terminals/0`);
  await terminal.opened;
  const frame = Buffer.from(encodeClientFrame({ type: 'input', data: Buffer.from('ls\n') }));
  terminal.socket.send(frame);
  course.keeper.behaviour.capacity = 1;
  await eventually(() => expect(terminal.messages).toEqual([frame]));
});

test('who gives up waiting gets no sandbox, and the others move up', async () => {
  await using course = await startBusyCourse();
  course.keeper.behaviour.capacity = 0;
  const [first, second, third] = [await arrive(course), await arrive(course), await arrive(course)];
  expect((await first.learner.request('DELETE', `/api/sessions/${first.id}`)).status).toBe(204);
  expect((await first.now()).state).toBe('ended');
  await eventually(async () => expect([(await second.now()).queue?.place, (await third.now()).queue?.place]).toEqual([1, 2]));
  course.keeper.behaviour.capacity = 2;
  await eventually(async () => expect([(await second.now()).state, (await third.now()).state]).toEqual(['ready', 'ready']));
  expect(course.keeper.sandboxes.size).toBe(2);
});

test('a restart of the server costs nobody their place, nor does one of the keeper', async () => {
  await using course = await startBusyCourse();
  course.keeper.behaviour.capacity = 0;
  const waiting = [await arrive(course), await arrive(course, 'kernel/second'), await arrive(course)];
  await course.restart();
  await eventually(async () => expect(await standings(waiting)).toMatchObject([{ place: 1 }, { place: 2 }, { place: 3, reason: { en: 'No: no-room' } }]));
  await course.keeper.stop();
  await eventually(async () => expect((await standings(waiting))[0]?.reason.en).toContain('cannot be reached'));
  course.keeper.behaviour.capacity = 1;
  await course.keeper.start();
  await eventually(async () => expect((await waiting[0]!.now()).state).toBe('ready'));
  await eventually(async () => expect((await standings(waiting)).slice(1)).toMatchObject([{ place: 1 }, { place: 2, reason: { en: 'No: no-room' } }]));
});

test('thirty who click at once are served in the order they came, two at a time', async () => {
  await using course = await startBusyCourse();
  course.keeper.behaviour.startState = 'starting';
  course.keeper.behaviour.parallelStarts = 2;
  const learners = await Promise.all(Array.from({ length: 30 }, () => arrive(course)));
  const inOrder = course.store.sessions.running().map(({ id }) => id);
  expect(learners.filter(({ session }) => !['starting', 'queued'].includes(session.state))).toEqual([]);
  for (let served = 0; served < 30; served++) {
    await eventually(() => {
      const states = new Map(course.store.sessions.running().map(({ id, state }) => [id, state]));
      expect(inOrder.map((id) => states.get(id))).toEqual(inOrder.map((_, index) => (index < served ? 'ready' : index < served + 2 ? 'starting' : 'queued')));
    });
    course.keeper.finish(course.store.sessions.find(inOrder[served]!)?.sandbox ?? '');
  }
  await eventually(() => expect(course.store.sessions.countByState()).toMatchObject({ ready: 30, failed: 0 }));
});

test('while sandboxes are being made, one that stands ready goes to the first who wants it; without room nobody is overtaken', async () => {
  await using course = await startBusyCourse();
  Object.assign(course.keeper.behaviour, { startState: 'starting', parallelStarts: 1, warmLabs: new Set(['kernel/second']) });
  const [making, waiting, lucky] = [await arrive(course), await arrive(course), await arrive(course, 'kernel/second')];
  expect([making.session.state, waiting.session.state, lucky.session.state]).toEqual(['starting', 'queued', 'ready']);
  course.keeper.behaviour.capacity = 2;
  course.keeper.behaviour.warmLabs.add('kernel/second');
  const unlucky = await arrive(course, 'kernel/second');
  expect(unlucky.session).toMatchObject({ state: 'queued', queue: { place: 2 } });
});

test('a reset that finds no room waits before those who came later', async () => {
  await using course = await startBusyCourse();
  course.keeper.behaviour.capacity = 1;
  const [own, later] = [await arrive(course), await arrive(course)];
  course.keeper.behaviour.capacity = 0;
  const reset = (await own.learner.request('POST', `/api/sessions/${own.id}/reset`)).json<Session>();
  expect(reset).toMatchObject({ id: own.id, state: 'queued', queue: { place: 1 }, expiresAt: own.session.expiresAt });
  expect((await later.now()).queue?.place).toBe(2);
  course.keeper.behaviour.capacity = 1;
  await eventually(async () => expect(await own.now()).toMatchObject({ state: 'ready', expiresAt: own.session.expiresAt }));
  expect((await later.now()).state).toBe('queued');
});

test('waiting counts among the labs a learner may run, and the queue has an end', async () => {
  await using course = await startBusyCourse();
  course.keeper.behaviour.capacity = 0;
  const { learner, id } = await arrive(course);
  await learner.startSession('kernel/second');
  const refused = await learner.request('POST', '/api/sessions', { lab: 'kernel/first' });
  expect([refused.status, refused.json<ApiError>().error.code]).toEqual([409, 'too_many_sessions']);
  const record = course.store.sessions.find(id)!;
  for (let number = 0; number < 198; number++) {
    course.store.sessions.add({ ...record, id: `filler${number}`, learner: `filler${number}` }, { ofLearner: 2, queued: 200 });
  }
  const last = await course.learner().request('POST', '/api/sessions', { lab: 'kernel/first' });
  expect([last.status, last.json<ApiError>().error]).toMatchObject([503, { code: 'queue_full', message: { en: expect.stringContaining('200 learners') } }]);
});

test('who is not there after a restart is passed over, but keeps the place until they come back', async () => {
  await using course = await startBusyCourse();
  course.keeper.behaviour.capacity = 0;
  const [away, present] = [await arrive(course), await arrive(course)];
  await course.restart();
  course.keeper.behaviour.capacity = 1;
  using _events = present.learner.connect(`/api/sessions/${present.id}/events`);
  await eventually(() => expect(course.store.sessions.find(present.id)?.state).toBe('ready'));
  expect(course.store.sessions.find(away.id)?.state).toBe('queued');
  course.keeper.behaviour.capacity = 2;
  await eventually(async () => expect((await away.now()).state).toBe('ready'));
});

test('a lab that cannot run any more is taken out of the queue with the reason', async () => {
  await using course = await startBusyCourse();
  course.keeper.behaviour.capacity = 0;
  const { now } = await arrive(course);
  course.keeper.behaviour.refuseStart = { status: 503, code: 'lab-unavailable' };
  await eventually(async () => expect(await now()).toMatchObject({ state: 'failed', reason: { en: 'No: lab-unavailable' } }));
});

test('a session that is open in no browser is ended with the reason, running or waiting; one that is open goes on', async () => {
  await using course = await startBusyCourse({ environment: { SCHOTT_IDLE_MINUTES: '0.02' } });
  course.keeper.behaviour.capacity = 2;
  const [open, left, waiting] = [await arrive(course), await arrive(course), await arrive(course)];
  using _events = open.learner.connect(`/api/sessions/${open.id}/events`);
  await eventually(() => expect(course.store.sessions.find(left.id)?.state).toBe('ended'));
  await eventually(() => expect(course.store.sessions.find(waiting.id)?.state).toBe('ended'));
  expect(await left.now()).toMatchObject({ state: 'ended', reason: { en: expect.stringContaining('not open in any browser') } });
  expect((await waiting.now()).reason?.en).toContain('Your place went');
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect((await open.now()).state).toBe('ready');
  expect(course.keeper.sandboxes.size).toBe(1);
});

function placesIn(events: readonly SessionEvent[]): number[] {
  return events.flatMap((event) => (event.type === 'session' && event.session.queue ? [event.session.queue.place] : []));
}

async function standings(waiting: ReadonlyArray<{ now: () => Promise<Session> }>): Promise<(QueueStanding | undefined)[]> {
  return Promise.all(waiting.map(async ({ now }) => (await now()).queue));
}
