import { EventEmitter } from 'node:events';
import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { expect, test, vi } from 'vitest';
import { encodeClientFrame } from '#protocol/terminal.ts';
import type { SandboxParts } from './sandbox-parts.ts';
import { serveTerminal } from './terminal.ts';

/** The shell's end and the browser's end of a served terminal. Neither the pty host nor a WebSocket can be made to misbehave on demand. */
async function open(): Promise<{
  shell: { received: Buffer[]; send(bytes: Buffer): void; isDestroyed(): boolean };
  browser: { sent: Buffer[]; closed: unknown[]; send(data: Buffer, isBinary?: boolean): void };
}> {
  const received: Buffer[] = [];
  const socket = new Duplex({ read: () => undefined, write: (chunk: Buffer, _encoding, done) => (received.push(chunk), done()) });
  const sent: Buffer[] = [];
  const closed: unknown[] = [];
  const websocket = Object.assign(new EventEmitter(), {
    OPEN: 1,
    readyState: 1,
    bufferedAmount: 0,
    pause: () => undefined,
    resume: () => undefined,
    send: (data: Buffer) => void sent.push(Buffer.from(data)),
    close: (code: number) => void closed.push(code),
  });
  const rest = { touch: () => undefined, keepAwake: () => ({ [Symbol.dispose]: () => undefined }) };
  const parts = { rest, relay: () => Promise.resolve({ connectUnix: () => Promise.resolve({ socket, peerPid: 1 }) }) };
  await serveTerminal(parts as unknown as SandboxParts, 'dockerhost', websocket as unknown as WebSocket);
  return {
    shell: { received, send: (bytes) => void socket.push(bytes), isDestroyed: () => socket.destroyed },
    browser: { sent, closed, send: (data, isBinary = true) => void websocket.emit('message', data, isBinary) },
  };
}

const framed = (...frames: readonly string[]): Buffer =>
  Buffer.concat(
    frames.flatMap((frame) => {
      const head = Buffer.alloc(4);
      head.writeUInt32BE(frame.length);
      return [head, Buffer.from(frame)];
    }),
  );

test('frames of the shell reach the browser whole, however they were cut on the way', async () => {
  const { shell, browser } = await open();
  const bytes = framed('first', 'second', 'x'.repeat(70_000), 'last');
  for (let at = 0; at < bytes.length;) {
    const length = at < 40 ? 1 : 9973;
    shell.send(bytes.subarray(at, at + length));
    at += length;
  }
  await vi.waitFor(() => expect(browser.sent.map(String)).toEqual(['first', 'second', 'x'.repeat(70_000), 'last']));
});

test.each([0, 128 * 1024 + 1, 0xffff_ffff])('a frame of %d bytes ends the connection', async (length) => {
  const { shell, browser } = await open();
  const head = Buffer.alloc(4);
  head.writeUInt32BE(length);
  shell.send(Buffer.concat([framed('good'), head, Buffer.alloc(100)]));
  await vi.waitFor(() => expect(browser.closed[0]).toBe(1011));
  expect(browser.sent.map(String)).toEqual(['good']);
  expect(shell.isDestroyed()).toBe(true);
});

test('frames of the browser reach the shell with their length in front; what is no frame closes the connection', async () => {
  const { shell, browser } = await open();
  browser.send(Buffer.from(encodeClientFrame({ type: 'input', data: Buffer.from('ls\n') })));
  await vi.waitFor(() => expect(Buffer.concat(shell.received)).toEqual(Buffer.from('\0\0\0\x04\x01ls\n')));
  browser.send(Buffer.from([0x42]));
  browser.send(Buffer.from(encodeClientFrame({ type: 'resize', columns: 80, rows: 24 })), false);
  expect(browser.closed).toEqual([1008, 1008]);
  expect(Buffer.concat(shell.received).length).toBe(8);
});
