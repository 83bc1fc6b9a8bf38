import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { isClientFrame, maxFrameBytes } from '#protocol/terminal.ts';
import { ConnectionFailed } from './relay.ts';
import type { SandboxParts } from './sandbox-parts.ts';
import type { SandboxRest } from './sandbox-rest.ts';

const socketPath = '/run/schott/terminal.sock';
const highWaterBytes = 1024 * 1024;
/** A shell that writes as fast as it can fills less than forty in this time. */
const framesInTurn = 256;
const turnMs = 5;

/** The terminals of a sandbox, by number. */
export const terminalNames = ['dockerhost', 'attacker'] as const;

/**
 * Connects a WebSocket with a shell in the sandbox. The shell belongs to a pty host inside, so it outlives the WebSocket, the server and
 * this process; it is started when it is not there. Frames pass through as they are.
 */
export async function serveTerminal(parts: SandboxParts, at: (typeof terminalNames)[number], websocket: WebSocket): Promise<void> {
  websocket.pause();
  using _awake = parts.rest.keepAwake();
  const socket = await connectShell(parts, at).catch((error: unknown) => {
    // Paused, it would not hear that the other side closes, too, and wait for it for half a minute.
    websocket.resume();
    throw error;
  });
  if (websocket.readyState !== websocket.OPEN) {
    socket.destroy();
    return;
  }
  passToShell(websocket, socket, parts.rest);
  passToBrowser(socket, websocket, parts.rest);
  websocket.resume();
}

/** Makes sure that a shell is there, so that the first to attach finds a prompt. */
export async function ensureShell(parts: SandboxParts, at: (typeof terminalNames)[number]): Promise<void> {
  (await connectShell(parts, at)).destroy();
}

async function connectShell(parts: SandboxParts, at: (typeof terminalNames)[number]): Promise<Socket> {
  const relay = await parts.relay(at);
  for (let attempt = 0; ; attempt++) {
    try {
      return (await relay.connectUnix(socketPath)).socket;
    } catch (error) {
      if (!(error instanceof ConnectionFailed) || attempt > 60) throw error;
      if (attempt % 20 === 0) await startShell(parts, at);
      await sleep(attempt < 20 ? 25 : 100);
    }
  }
}

async function startShell(parts: SandboxParts, at: (typeof terminalNames)[number]): Promise<void> {
  const container = at === 'dockerhost' ? parts.dockerHost : parts.attacker;
  const exec = await container.exec({
    Cmd: ['/usr/lib/schott/pty-host', socketPath, 'bash'],
    Env: ['TERM=xterm-256color', 'COLORTERM=truecolor', 'HOME=/root', 'LANG=C.UTF-8'],
    WorkingDir: '/root',
    AttachStdout: false,
    AttachStderr: false,
  });
  await exec.start({ Detach: true });
}

function passToShell(websocket: WebSocket, socket: Socket, rest: SandboxRest): void {
  websocket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary || !isClientFrame(data)) {
      websocket.close(1008, 'malformed frame');
      return;
    }
    rest.touch();
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    socket.cork();
    socket.write(head);
    const goOn = socket.write(data);
    socket.uncork();
    if (!goOn) {
      websocket.pause();
      socket.once('drain', () => websocket.resume());
    }
  });
  websocket.on('close', () => socket.destroy());
  websocket.on('error', () => socket.destroy());
}

/**
 * Cuts the shell's byte stream into frames, some at a time: a replaced pty host may send ten thousand tiny ones at once. A frame that is too long
 * can only come from one, too: the connection ends.
 */
function passToBrowser(socket: Socket, websocket: WebSocket, sandboxRest: SandboxRest): void {
  let rest: Buffer = Buffer.alloc(0);
  const pass = (): void => {
    for (let frames = 0; rest.length >= 4; frames++) {
      const length = rest.readUInt32BE(0);
      if (length === 0 || length > maxFrameBytes) {
        socket.destroy();
        websocket.close(1011, 'the terminal sent nonsense');
        return;
      }
      if (rest.length < 4 + length) break;
      if (frames === framesInTurn || websocket.bufferedAmount > highWaterBytes) {
        socket.pause();
        setTimeout(goOn, turnMs);
        return;
      }
      websocket.send(rest.subarray(4, 4 + length), { binary: true });
      rest = rest.subarray(4 + length);
    }
    socket.resume();
  };
  const goOn = (): void => {
    if (websocket.readyState !== websocket.OPEN) return;
    if (websocket.bufferedAmount < highWaterBytes / 2) pass();
    else setTimeout(goOn, turnMs);
  };
  socket.on('data', (chunk: Buffer) => {
    sandboxRest.touch();
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    pass();
  });
  socket.on('close', () => websocket.close(1001, 'shell ended'));
  socket.on('error', () => websocket.close(1001, 'shell ended'));
}
