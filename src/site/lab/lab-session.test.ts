import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { LabAvailability, Session, SessionEvent } from '#protocol/api.ts';
import { LabSession } from './lab-session.ts';

const lab = 'kernel/contain-the-agent';
const text = (en: string) => ({ de: en, en });

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('location', { href: 'http://course.test/de/' });
  vi.stubGlobal('addEventListener', vi.fn());
  vi.stubGlobal('WebSocket', SilentSocket);
  onTestFinished(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
});

test('offers to start a lab that is ready and has no session', async () => {
  startServer();
  const session = new LabSession(lab);
  await session.load();
  expect(session.situation).toEqual({ phase: 'startable' });
});

test('goes on with a session that is running, without asking', async () => {
  startServer({ sessions: [sessionOf({ id: 's1', state: 'ready' })] });
  const session = new LabSession(lab);
  await session.load();
  expect(session.session?.id).toBe('s1');
  expect(session.situation.phase).toBe('ready');
});

test('waits for a lab that is being prepared and starts it by itself', async () => {
  const server = startServer({ availability: { state: 'preparing', percent: 40, step: text('Building') } });
  const session = new LabSession(lab);
  await session.load();
  expect(session.situation).toEqual({ phase: 'preparing', percent: 40, step: text('Building') });
  server.availability = { state: 'ready' };
  await vi.advanceTimersByTimeAsync(2500);
  expect(session.situation.phase).toBe('starting');
});

test('does not start by itself when the learner said so', async () => {
  const server = startServer({ availability: { state: 'preparing', percent: 40, step: text('Building') } });
  const session = new LabSession(lab);
  await session.load();
  session.startsWhenReady = false;
  server.availability = { state: 'ready' };
  await vi.advanceTimersByTimeAsync(2500);
  expect(session.situation.phase).toBe('startable');
});

test('keeps asking when the queue is full, and waits in it when there is a place', async () => {
  const server = startServer({ refusal: { status: 503, code: 'queue_full' }, started: { state: 'queued', queue: { place: 3, reason: text('All in use') } } });
  const session = new LabSession(lab);
  await session.start();
  expect(session.situation).toEqual({ phase: 'retrying', reason: text('queue_full') });
  server.refusal = undefined;
  await vi.advanceTimersByTimeAsync(2500);
  expect(session.situation).toMatchObject({ phase: 'queued', session: { queue: { place: 3, reason: text('All in use') } } });
});

test('follows its place in the queue until there is a sandbox', async () => {
  startServer({ started: { state: 'queued', queue: { place: 2, reason: text('All in use') } } });
  const session = new LabSession(lab);
  await session.start();
  receive({ type: 'session', session: sessionOf({ id: 'new', state: 'queued', queue: { place: 1, reason: text('No memory') } }) });
  expect(session.situation).toMatchObject({ phase: 'queued', session: { queue: { place: 1, reason: text('No memory') } } });
  receive({ type: 'session', session: sessionOf({ id: 'new', state: 'ready' }) });
  expect(session.situation.phase).toBe('ready');
});

test('gives up its place when the learner stops waiting, and can be started again', async () => {
  const server = startServer({ started: { state: 'queued', queue: { place: 2, reason: text('All in use') } } });
  const session = new LabSession(lab);
  await session.start();
  await session.stopWaiting();
  expect(server.requests).toContain('DELETE /api/sessions/new');
  expect(session.situation.phase).toBe('startable');
});

test('says why it was taken out of the queue', async () => {
  startServer({ started: { state: 'queued', queue: { place: 2, reason: text('All in use') } } });
  const session = new LabSession(lab);
  await session.start();
  receive({ type: 'session', session: sessionOf({ id: 'new', state: 'ended', reason: text('Nobody was looking') }) });
  expect(session.situation).toMatchObject({ phase: 'ended', session: { reason: text('Nobody was looking') } });
});

test('does not ask again after the learner stopped waiting', async () => {
  const server = startServer({ refusal: { status: 503, code: 'queue_full' } });
  const session = new LabSession(lab);
  await session.start();
  await session.stopWaiting();
  server.refusal = undefined;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(session.situation.phase).toBe('startable');
});

test('names the running sessions when there are too many', async () => {
  startServer({ refusal: { status: 409, code: 'too_many_sessions' }, sessions: [sessionOf({ id: 's2', lab: 'surface/tame-the-neighbour', state: 'ready' })] });
  const session = new LabSession(lab);
  await session.start();
  expect(session.situation).toMatchObject({ phase: 'crowded', running: [{ id: 's2', title: { de: 'surface/tame-the-neighbour' } }] });
});

test('says that the engine is unavailable, and notices when it is back', async () => {
  const server = startServer({ refusal: { status: 503, code: 'keeper_unavailable' } });
  const session = new LabSession(lab);
  await session.start();
  expect(session.situation).toEqual({ phase: 'unavailable', reason: text('keeper_unavailable') });
  server.refusal = undefined;
  await vi.advanceTimersByTimeAsync(11_000);
  expect(session.situation.phase).toBe('startable');
});

test('tells a plain file host from a server that does not answer', async () => {
  vi.stubGlobal('fetch', async () => new Response('<h1>Not found</h1>', { status: 404, headers: { 'content-type': 'text/html' } }));
  const session = new LabSession(lab);
  await session.load();
  expect(session.situation.phase).toBe('serverless');
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('Failed to fetch');
  });
  await session.load();
  expect(session.situation.phase).toBe('unreachable');
});

/** Answers like the server's HTTP interface; what it says can be changed while it runs. */
function startServer(
  initial: { availability?: LabAvailability; sessions?: Session[]; refusal?: { status: number; code: string }; started?: Partial<Session> } = {},
) {
  const server: { availability: LabAvailability; sessions: Session[]; refusal: { status: number; code: string } | undefined; requests: string[] } = {
    requests: [],
    availability: initial.availability ?? { state: 'ready' },
    sessions: initial.sessions ?? [],
    refusal: initial.refusal,
  };
  vi.stubGlobal('fetch', async (path: string, { method }: { method: string }) => {
    server.requests.push(`${method} ${path}`);
    if (path === '/api/labs') return answer(200, { labs: [{ id: lab, title: text('The Great Escape'), availability: server.availability }] });
    if (method === 'GET') return answer(200, { sessions: server.sessions });
    if (method === 'DELETE') return new Response(null, { status: 204 });
    if (server.refusal) return answer(server.refusal.status, { error: { code: server.refusal.code, message: text(server.refusal.code) } });
    return answer(201, sessionOf({ id: 'new', state: 'starting', ...initial.started }));
  });
  return server;
}

function answer(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json; charset=utf-8' } });
}

function sessionOf(session: Partial<Session>): Session {
  const now = new Date().toISOString();
  return { id: 's1', lab, state: 'ready', expiresAt: now, now, extensionsLeft: 2, terminals: ['dockerhost', 'attacker'], attackSolved: false, ...session };
}

/** The line for events, which stays quiet until a test says something on it. */
class SilentSocket extends EventTarget {
  static last: SilentSocket | undefined;
  constructor() {
    super();
    SilentSocket.last = this;
  }
  close(): void {}
}

function receive(event: SessionEvent): void {
  SilentSocket.last?.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(event) }));
}
