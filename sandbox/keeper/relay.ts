import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isAlive } from '../host/lock.ts';
import { relayProgram } from '../host/native-programs.ts';

/** Where a relay does its work: the namespaces of a container's first process, or a network namespace alone. */
export type RelayPlace = { readonly pid: number } | { readonly networkNamespace: string };

/** Thrown when the relay could not connect; `code` is the errno's name, e.g. `ECONNREFUSED`. */
export class ConnectionFailed extends Error {
  readonly code: string;

  constructor(target: string, code: string) {
    super(`Cannot connect to ${target}: ${code}`);
    this.name = 'ConnectionFailed';
    this.code = code;
  }
}

/**
 * Opens connections inside a sandbox's namespaces (sandbox/native/relay.c). The relay gives up the machine's root before it looks at
 * anything of the sandbox, and runs no program of it.
 */
export interface Relay extends AsyncDisposable {
  /** Connects to a unix socket of the sandbox. `peerPid`: who listens there, as the machine numbers processes. */
  connectUnix(path: string): Promise<{ socket: Socket; peerPid: number }>;
  connectTcp(host: string, port: number, timeoutMs: number): Promise<{ socket: Socket; localAddress: string; localPort: number }>;
  /** Listens inside and answers every connection with `text`, until disposed. */
  listen(host: string, text: string): Promise<{ port: number } & Disposable>;
  readonly hasEnded: boolean;
}

/** Starts a relay. It ends with this process, with the place, or when disposed. */
export async function startRelay(directory: string, name: string, place: RelayPlace): Promise<Relay> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const socketPath = join(directory, `${name}.sock`);
  const target = 'pid' in place ? [String(place.pid)] : ['--net', place.networkNamespace];
  const child = spawn(await relayProgram(), [socketPath, ...target], { stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    await whenReady(child);
  } catch (error) {
    // It may have bound its socket before it found that its place is gone.
    rmSync(socketPath, { force: true });
    throw error;
  }
  let ended = false;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      ended = true;
      // A killed relay leaves its socket behind. At once, so that it is not the next relay's.
      rmSync(socketPath, { force: true });
      resolve();
    });
  });
  const ask = (request: string): Promise<{ socket: Socket; answer: string[] }> => openConnection(socketPath, request);
  return {
    async connectUnix(path) {
      const { socket, answer } = await ask(`unix ${path}`);
      return { socket, peerPid: Number(answer[0]) };
    },
    async connectTcp(host, port, timeoutMs) {
      const { socket, answer } = await ask(`tcp ${host} ${port} ${timeoutMs}`);
      return { socket, localAddress: answer[0] ?? '', localPort: Number(answer[1]) };
    },
    async listen(host, text) {
      const { socket, answer } = await ask(`listen ${host} 0 ${text}`);
      return { port: Number(answer[0]), [Symbol.dispose]: () => socket.destroy() };
    },
    get hasEnded() {
      return ended;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Removes the sockets of relays whose starter was killed: their names end with its pid. */
export async function removeDeadRelays(directory: string): Promise<void> {
  for (const name of await readdir(directory).catch(() => [])) {
    const pid = Number(/-(\d+)\.sock$/.exec(name)?.[1]);
    if (!isAlive(pid)) await rm(join(directory, name), { force: true });
  }
}

async function whenReady(child: ChildProcess): Promise<void> {
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-500)));
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Cannot start the relay: exit status ${code} ${complaint.trim()}`)));
    if (child.stdout === null) throw new Error('Cannot start the relay: no standard output');
    createInterface({ input: child.stdout }).once('line', (line) => (line === 'ready' ? resolve() : reject(new Error(`Cannot start the relay: ${line}`))));
  });
}

/** Sends the request line, reads the answer line, and leaves the socket paused right behind it. */
async function openConnection(socketPath: string, request: string): Promise<{ socket: Socket; answer: string[] }> {
  if (/[\n\r\0]/.test(request) || Buffer.byteLength(request) > 500) throw new ConnectionFailed(request.slice(0, 80), 'EINVAL');
  const socket = connect(socketPath);
  try {
    const line = await new Promise<string>((resolve, reject) => {
      let head = Buffer.alloc(0);
      const fail = (): void => reject(new ConnectionFailed(request, 'ECONNRESET'));
      socket.once('error', fail);
      socket.once('close', fail);
      const read = (): void => {
        for (let chunk = socket.read() as Buffer | null; chunk !== null; chunk = socket.read() as Buffer | null) {
          head = Buffer.concat([head, chunk]);
          const end = head.indexOf(10);
          if (end < 0) continue;
          socket.removeListener('readable', read);
          socket.removeListener('error', fail);
          socket.removeListener('close', fail);
          if (end + 1 < head.length) socket.unshift(head.subarray(end + 1));
          resolve(head.subarray(0, end).toString());
          return;
        }
      };
      socket.on('readable', read);
      socket.write(`${request}\n`);
    });
    const [word, ...answer] = line.split(' ');
    if (word !== 'ok') throw new ConnectionFailed(request, answer[0] ?? 'EPROTO');
    socket.on('error', () => socket.destroy());
    return { socket, answer };
  } catch (error) {
    socket.destroy();
    throw error;
  }
}
