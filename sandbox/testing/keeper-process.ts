import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { sandbox as sandboxSchema, type Sandbox } from '#protocol/keeper.ts';
import { decodeHostFrame, encodeClientFrame } from '#protocol/terminal.ts';
import { instanceIn } from '../host/instance.ts';
import { testDataDirectory } from './test-data-directory.ts';

const program = join(import.meta.dirname, '../keeper/start-keeper');
const { keeperSocket } = instanceIn(testDataDirectory);

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A keeper as its own process, on the tests' engine. Disposing ends it as Ctrl-C does: its sandboxes go with it. */
export interface KeeperProcess extends AsyncDisposable {
  readonly pid: number;
  /** Sends a request as the server would. `body` goes out as it is when it is text. */
  ask(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Starts a sandbox and waits until it is ready. */
  start(lab: string, lifetimeMs?: number): Promise<Sandbox>;
  websocket(path: string): WebSocket;
  kill(): Promise<void>;
  /** Leaves it alone, as if whoever started it had been killed; resolves when it has ended. */
  abandon(): Promise<void>;
}

export async function startKeeper(settings: Readonly<Record<string, string>> = {}): Promise<KeeperProcess> {
  const child = spawn('bash', [program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, SCHOTT_DATA: testDataDirectory, SCHOTT_WARM: '0', ...settings },
  });
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`Cannot start the keeper: it ended with ${code}`))),
  ]);
  return {
    pid: child.pid ?? 0,
    ask,
    async start(lab, lifetimeMs = 600_000) {
      const { status, body } = await ask('POST', '/sandboxes', { lab, expiresAt: new Date(Date.now() + lifetimeMs).toISOString() });
      if (status !== 201) throw new Error(`Cannot start a sandbox of ${lab}: ${status} ${JSON.stringify(body)}`);
      let found = sandboxSchema.parse(body);
      for (let tries = 0; found.state === 'starting' && tries < 600; tries++) {
        await sleep(100);
        found = sandboxSchema.parse((await ask('GET', `/sandboxes/${found.id}`)).body);
      }
      if (found.state !== 'ready') throw new Error(`Cannot use sandbox "${found.id}": it is ${found.state}`);
      return found;
    },
    websocket: (path) => new WebSocket(`ws+unix:${keeperSocket}:${path}`),
    kill: () => end(child, 'SIGKILL'),
    async abandon() {
      const exit = once(child, 'exit');
      child.disconnect();
      await exit;
    },
    [Symbol.asyncDispose]: () => end(child, 'SIGTERM'),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

function ask(method: string, path: string, body?: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const outgoing = request({ socketPath: keeperSocket, method, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text === '' ? undefined : JSON.parse(text) }));
    });
    outgoing.on('error', reject);
    outgoing.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
  });
}

/** A terminal as the browser has one, but without a screen: what the shell has written is `text`. */
export class Terminal {
  readonly websocket: WebSocket;
  text = '';
  shell: bigint | undefined;
  /** The byte the next output frame must start with. */
  seq = 0n;
  gaps = 0;

  constructor(websocket: WebSocket) {
    this.websocket = websocket;
    websocket.on('message', (data: Buffer) => this.#take(data));
  }

  /** Attaches; `from` is the first byte wanted. */
  static async attach(keeper: KeeperProcess, id: string, number = 0, from = 0n): Promise<Terminal> {
    const terminal = new Terminal(keeper.websocket(`/sandboxes/${id}/terminals/${number}`));
    await once(terminal.websocket, 'open');
    terminal.websocket.send(encodeClientFrame({ type: 'attach', seq: from, columns: 120, rows: 30 }));
    await terminal.until(() => terminal.shell !== undefined);
    return terminal;
  }

  type(text: string): void {
    this.websocket.send(encodeClientFrame({ type: 'input', data: Buffer.from(text) }));
  }

  /** Types a command and waits for what it prints between two marks that are not in the command itself. */
  async run(command: string): Promise<string> {
    const from = this.text.length;
    const mark = `mark${Math.random().toString(36).slice(2)}`;
    this.type(`echo '${mark}'-begin; ${command}; echo '${mark}'-end\n`);
    await this.until(() => this.text.slice(from).includes(`${mark}-end\r\n`));
    return this.text.slice(from).split(`${mark}-begin\r\n`)[1]?.split(`${mark}-end`)[0]?.trim() ?? '';
  }

  async until(isReached: () => boolean, limitMs = 20_000): Promise<void> {
    for (const deadline = Date.now() + limitMs; !isReached(); await sleep(10)) {
      if (Date.now() > deadline) throw new Error(`Not reached within ${limitMs} ms; the terminal shows:\n${this.text.slice(-500)}`);
    }
  }

  [Symbol.dispose](): void {
    this.websocket.terminate();
  }

  #take(data: Buffer): void {
    const frame = decodeHostFrame(data);
    if (frame?.type === 'attached') {
      this.shell = frame.shell;
      this.seq = frame.seq;
    } else if (frame?.type === 'output') {
      if (frame.seq !== this.seq) this.gaps++;
      this.text += Buffer.from(frame.data).toString('latin1');
      this.seq = frame.seq + BigInt(frame.data.length);
      this.websocket.send(encodeClientFrame({ type: 'acknowledge', seq: this.seq }));
    }
  }
}
