import { expect, test } from 'vitest';
import { encodeClientFrame, frameType } from '#protocol/terminal.ts';
import { eventually, startTestCourse } from '../test-course.ts';

const hello = encodeClientFrame({ type: 'input', data: Buffer.from('docker info\n') });

test('frames pass both ways unchanged', async () => {
  await using course = await startTestCourse();
  const learner = course.learner();
  const { id } = await learner.startSession();
  using terminal = learner.connect(`/api/sessions/${id}/terminals/1`);
  await terminal.opened;
  terminal.socket.send(encodeClientFrame({ type: 'attach', seq: 0n, columns: 80, rows: 24 }));
  terminal.socket.send(hello);
  await eventually(() => expect(terminal.messages).toHaveLength(2));
  expect(terminal.messages[0]?.[0]).toBe(frameType.attach);
  expect(terminal.messages[1]).toEqual(Buffer.from(hello));
  expect(terminal.socket.extensions).toBe('');
});

test('a terminal opened while the sandbox starts is joined when it is ready', async () => {
  await using course = await startTestCourse();
  course.keeper.behaviour.startState = 'starting';
  const learner = course.learner();
  const { id } = await learner.startSession();
  using terminal = learner.connect(`/api/sessions/${id}/terminals/0`);
  await terminal.opened;
  terminal.socket.send(hello);
  const [sandbox] = course.keeper.sandboxes.values();
  await eventually(() => expect(course.keeper.requests).toContain(`GET /sandboxes/${sandbox!.id}`));
  course.keeper.emit(sandbox!.id, { type: 'sandbox', sandbox: { ...sandbox!, state: 'ready' } });
  await eventually(() => expect(terminal.messages).toEqual([Buffer.from(hello)]));
});

test('each end of a terminal has its code', async () => {
  await using course = await startTestCourse();
  const learner = course.learner();
  const { id } = await learner.startSession();
  const open = async (path: string, from = learner) => {
    const terminal = from.connect(path);
    await terminal.opened;
    return terminal;
  };
  const stranger = course.learner();
  await stranger.request('GET', '/api/progress');
  expect(await (await open(`/api/sessions/${id}/terminals/0`, stranger)).closed).toEqual({ code: 4404, reason: 'unknown_session' });
  expect(await (await open('/api/sessions/..%2fx/terminals/0')).closed).toMatchObject({ code: 4404 });
  expect(await (await open(`/api/sessions/${id}/terminals/2`)).closed).toMatchObject({ code: 4404 });
  await expect(open(`/api/sessions/${id}/terminals/%2e%2e`)).rejects.toThrow('404');
  await expect(open('/api/labs')).rejects.toThrow('404');

  const text = await open(`/api/sessions/${id}/terminals/0`);
  text.socket.send('text');
  expect(await text.closed).toMatchObject({ code: 1008 });

  const malformed = await open(`/api/sessions/${id}/terminals/0`);
  malformed.socket.send(Buffer.from([frameType.output, 1, 2]));
  expect(await malformed.closed).toMatchObject({ code: 1007 });

  const invalidUtf8 = await open(`/api/sessions/${id}/terminals/0`);
  invalidUtf8.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
  expect(await invalidUtf8.closed).toMatchObject({ code: 1007 });

  const tooLarge = await open(`/api/sessions/${id}/terminals/0`);
  tooLarge.socket.send(Buffer.alloc(1024 * 1024, frameType.input));
  expect(await tooLarge.closed).toMatchObject({ code: 1009 });

  const reset = await open(`/api/sessions/${id}/terminals/0`);
  await eventually(() => expect(course.keeper.terminals.size).toBe(1));
  await learner.request('POST', `/api/sessions/${id}/reset`);
  expect(await reset.closed).toEqual({ code: 1012, reason: 'reset' });

  const ended = await open(`/api/sessions/${id}/terminals/0`);
  await learner.request('DELETE', `/api/sessions/${id}`);
  expect(await ended.closed).toEqual({ code: 4410, reason: 'session_over' });
  expect(await (await open(`/api/sessions/${id}/terminals/0`)).closed).toMatchObject({ code: 4410 });
});

test('a keeper that goes away ends the terminal with 4503, and the next one works', async () => {
  await using course = await startTestCourse();
  const learner = course.learner();
  const { id } = await learner.startSession();
  using terminal = learner.connect(`/api/sessions/${id}/terminals/0`);
  await terminal.opened;
  await eventually(() => expect(course.keeper.terminals.size).toBe(1));
  await course.keeper.stop();
  expect(await terminal.closed).toEqual({ code: 4503, reason: 'keeper_unavailable' });
  using refused = learner.connect(`/api/sessions/${id}/terminals/0`);
  expect(await refused.closed).toMatchObject({ code: 4503 });

  await course.keeper.start();
  using again = learner.connect(`/api/sessions/${id}/terminals/0`);
  await again.opened;
  again.socket.send(hello);
  await eventually(() => expect(again.messages).toEqual([Buffer.from(hello)]));
});

test('a flood from the sandbox waits for a slow browser instead of filling the server, and no byte is lost', async () => {
  await using course = await startTestCourse();
  const frameBytes = 32 * 1024;
  const frames = 2000;
  course.keeper.behaviour.onTerminalFrame = (socket) => {
    for (let number = 0; number < frames; number++) {
      const frame = Buffer.alloc(frameBytes, number % 251);
      frame[0] = frameType.output;
      frame.writeUInt32BE(number, 1);
      socket.send(frame);
    }
  };
  const learner = course.learner();
  const { id } = await learner.startSession();
  using terminal = learner.connect(`/api/sessions/${id}/terminals/0`);
  await terminal.opened;
  terminal.socket.send(hello);
  await eventually(() => expect(terminal.messages.length).toBeGreaterThan(0));
  terminal.socket.pause();
  await eventually(() => expect([...course.app.websocketServer.clients][0]!.bufferedAmount).toBeGreaterThan(0));
  await new Promise((resolve) => setTimeout(resolve, 500));
  const [serverSide] = course.app.websocketServer.clients;
  const [keeperSide] = course.keeper.terminals;
  expect(serverSide!.bufferedAmount).toBeLessThan(2 * 1024 * 1024);
  expect(keeperSide!.bufferedAmount).toBeGreaterThan(10 * 1024 * 1024);
  terminal.socket.resume();
  await eventually(() => expect(terminal.messages).toHaveLength(frames));
  expect(terminal.messages.every((frame, number) => frame.length === frameBytes && frame.readUInt32BE(1) === number)).toBe(true);
});

test('a flood from the browser waits for a slow sandbox', async () => {
  await using course = await startTestCourse();
  let received = 0;
  course.keeper.behaviour.onTerminalOpen = (socket) => socket.pause();
  course.keeper.behaviour.onTerminalFrame = () => received++;
  const learner = course.learner();
  const { id } = await learner.startSession();
  using terminal = learner.connect(`/api/sessions/${id}/terminals/0`);
  await terminal.opened;
  const frame = encodeClientFrame({ type: 'input', data: new Uint8Array(64 * 1024) });
  for (let count = 0; count < 500; count++) terminal.socket.send(frame);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(terminal.socket.bufferedAmount).toBeGreaterThan(10 * 1024 * 1024);
  for (const socket of course.keeper.terminals) socket.resume();
  await eventually(() => expect(received).toBe(500));
});

test('a foreign or missing origin gets no WebSocket', async () => {
  await using course = await startTestCourse({ environment: { SCHOTT_ALLOWED_ORIGINS: 'https://course.example.org' } });
  const learner = course.learner();
  const { id } = await learner.startSession();
  for (const path of [`/api/sessions/${id}/terminals/0`, `/api/sessions/${id}/events`]) {
    for (const origin of ['http://evil.example', 'null', 'http://127.0.0.1', '']) {
      await expect(learner.connect(path, { origin }).opened, origin).rejects.toThrow('403');
    }
    using allowed = learner.connect(path, { origin: 'https://course.example.org' });
    await allowed.opened;
  }
});

test('a session takes a limited number of terminals', async () => {
  await using course = await startTestCourse();
  const learner = course.learner();
  const { id } = await learner.startSession();
  const terminals = Array.from({ length: 17 }, () => learner.connect(`/api/sessions/${id}/terminals/0`));
  await Promise.all(terminals.map((terminal) => terminal.opened));
  expect(await Promise.race(terminals.map((terminal) => terminal.closed))).toMatchObject({ code: 4429 });
  terminals.forEach((terminal) => terminal.socket.terminate());
});
