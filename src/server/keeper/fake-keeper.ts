import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { checkOrder, startSandbox, type KeeperEvent, type Sandbox } from '#protocol/keeper.ts';
import type { CheckResult, TaskVerdict } from '#protocol/verdict.ts';

/**
 * A keeper for tests, on a real unix socket: sandboxes without Docker, checks with the verdicts a test asks for, terminals that echo.
 * The real keeper needs root and an engine, and cannot be made to fail on demand.
 */
export interface FakeKeeper extends AsyncDisposable {
  readonly sandboxes: Map<string, Sandbox>;
  /** Every request, as `METHOD /path`. */
  readonly requests: string[];
  /** What tests may change at any time. */
  readonly behaviour: FakeBehaviour;
  /** Open terminals of all sandboxes. */
  readonly terminals: Set<WebSocket>;
  readonly maxParallelChecks: () => number;
  /** Of each check: was it a full one? */
  readonly fullChecks: boolean[];
  emit(sandboxId: string, event: KeeperEvent): void;
  /** A sandbox that is starting gets ready. */
  finish(sandboxId: string): void;
  /** Removes a sandbox as the real keeper does, telling those who follow it. */
  lose(sandboxId: string, cause: 'deleted' | 'expired' | 'died'): void;
  /** As a killed process: connections break, the socket refuses. Sandboxes stay. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

export interface FakeBehaviour {
  startState: Sandbox['state'];
  refuseStart: { status: number; code: string } | undefined;
  /** Sandboxes that may run at once, and that may be starting at once. */
  capacity: number;
  parallelStarts: number;
  /** Labs of which one stands ready. */
  warmLabs: Set<string>;
  startDelayMs: number;
  checkDelayMs: number;
  tasks: TaskVerdict[];
  /** Ids of those that are judged in a full check only. */
  onRequest: Set<string>;
  flag: string;
  /** Called for each frame that a terminal gets; the default sends it back. */
  onTerminalFrame: (socket: WebSocket, frame: Buffer) => void;
  onTerminalOpen: (socket: WebSocket) => void;
  /** Answers every request with this instead. */
  rawAnswer: string | undefined;
}

const capabilities = {
  cgroupVersion: 2,
  controllers: ['memory', 'pids'],
  userNamespaces: true,
  btrfs: true,
  kvm: false,
  appArmor: false,
  selinux: false,
  architecture: 'x64',
  kernel: '6.1.0',
};

export async function startFakeKeeper(socketPath: string, labs: readonly string[]): Promise<FakeKeeper> {
  const sandboxes = new Map<string, Sandbox>();
  const requests: string[] = [];
  const terminals = new Set<WebSocket>();
  const followers = new Map<WebSocket, string>();
  const behaviour: FakeBehaviour = {
    startState: 'ready',
    refuseStart: undefined,
    capacity: 40,
    parallelStarts: 40,
    warmLabs: new Set(),
    startDelayMs: 0,
    checkDelayMs: 0,
    tasks: [],
    onRequest: new Set(),
    flag: 'FLAG{right}',
    onTerminalFrame: (socket, frame) => socket.send(frame),
    onTerminalOpen: () => {},
    rawAnswer: undefined,
  };
  const fullChecks: boolean[] = [];
  let parallelChecks = 0;
  let maxParallelChecks = 0;

  const emit = (id: string, event: KeeperEvent) => {
    for (const [socket, sandbox] of followers) if (sandbox === id) socket.send(JSON.stringify(event));
  };
  const lose = (id: string, cause: 'deleted' | 'expired' | 'died') => {
    sandboxes.delete(id);
    emit(id, { type: 'gone', cause });
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = request.url ?? '';
    requests.push(`${request.method} ${url}`);
    const body = await readJson(request);
    const send = (status: number, content?: unknown) => response.writeHead(status).end(content === undefined ? undefined : JSON.stringify(content));
    const refuse = (status: number, code: string) => send(status, { error: { code, message: { de: `Nein: ${code}`, en: `No: ${code}` } } });
    if (behaviour.rawAnswer !== undefined) return response.end(behaviour.rawAnswer);

    if (url === '/health')
      return send(200, {
        state: 'ok',
        engineVersion: '29.0.0',
        sandboxes: sandboxes.size,
        capacity: behaviour.capacity,
        warm: behaviour.warmLabs.size,
        sleeping: 0,
        capabilities,
      });
    if (url === '/labs') return send(200, { labs: Object.fromEntries(labs.map((id) => [id, { state: 'ready' }])) });
    if (url === '/sandboxes' && request.method === 'GET') return send(200, { sandboxes: [...sandboxes.values()] });
    if (url === '/sandboxes') {
      const { lab, expiresAt, onlyReady } = startSandbox.parse(body);
      await sleep(behaviour.startDelayMs);
      if (behaviour.refuseStart) return refuse(behaviour.refuseStart.status, behaviour.refuseStart.code);
      if (sandboxes.size >= behaviour.capacity) return refuse(503, 'no-room');
      const isWarm = behaviour.warmLabs.delete(lab);
      const starting = [...sandboxes.values()].filter(({ state }) => state === 'starting').length;
      if (!isWarm && (onlyReady || starting >= behaviour.parallelStarts)) return refuse(503, 'many-starting');
      const sandbox: Sandbox = { id: randomId(), lab, state: isWarm ? 'ready' : behaviour.startState, expiresAt };
      sandboxes.set(sandbox.id, sandbox);
      return send(201, sandbox);
    }
    const [, id = '', rest = ''] = /^\/sandboxes\/([a-z2-7]{16})(\/.*)?$/.exec(url) ?? [];
    const sandbox = sandboxes.get(id);
    if (!sandbox) return request.method === 'DELETE' ? send(204) : refuse(404, 'unknown-sandbox');
    if (request.method === 'DELETE') {
      lose(id, 'deleted');
      return send(204);
    }
    if (rest === '') return send(200, sandbox);
    if (rest === '/deadline') {
      sandboxes.set(id, { ...sandbox, ...(body as { expiresAt: string }) });
      return send(200, sandboxes.get(id));
    }
    if (rest === '/flag') return send(200, { accepted: (body as { flag: string }).flag === behaviour.flag });
    if (rest === '/check') {
      maxParallelChecks = Math.max(maxParallelChecks, ++parallelChecks);
      const { isFull } = checkOrder.parse(body ?? {});
      fullChecks.push(isFull);
      const result = checkResultOf(behaviour.tasks.map((task) => (behaviour.onRequest.has(task.id) && !isFull ? leftOut(task) : task)));
      await sleep(behaviour.checkDelayMs);
      parallelChecks -= 1;
      return send(200, result);
    }
    return refuse(404, 'not-found');
  };

  const createKeeper = () => {
    const http = createServer((request, response) => {
      answer(request, response).catch((error: unknown) => response.writeHead(400).end(String(error)));
    });
    const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
    http.on('upgrade', (request, socket, head) => {
      const [, id = '', rest = ''] = /^\/sandboxes\/([a-z2-7]{16})(\/.*)$/.exec(request.url ?? '') ?? [];
      if (!sandboxes.has(id)) {
        socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      sockets.handleUpgrade(request, socket, head, (client) => {
        client.on('error', () => {});
        client.on('close', () => (followers.delete(client), terminals.delete(client)));
        if (rest === '/events') {
          followers.set(client, id);
          return;
        }
        terminals.add(client);
        client.on('message', (frame: Buffer) => behaviour.onTerminalFrame(client, frame));
        behaviour.onTerminalOpen(client);
      });
    });
    return { http, sockets };
  };

  let keeper: ReturnType<typeof createKeeper> | undefined;
  const fake: FakeKeeper = {
    sandboxes,
    requests,
    behaviour,
    terminals,
    maxParallelChecks: () => maxParallelChecks,
    fullChecks,
    emit,
    finish(id) {
      const sandbox: Sandbox = { ...sandboxes.get(id)!, state: 'ready' };
      sandboxes.set(id, sandbox);
      emit(id, { type: 'sandbox', sandbox });
    },
    lose,
    async start() {
      const current = (keeper = createKeeper());
      rmSync(socketPath, { force: true });
      await new Promise<void>((resolve, reject) => current.http.on('error', reject).listen(socketPath, resolve));
    },
    async stop() {
      const current = keeper;
      keeper = undefined;
      if (!current) return;
      for (const client of current.sockets.clients) client.terminate();
      const closed = new Promise((resolve) => current.http.close(resolve));
      current.http.closeAllConnections();
      await closed;
    },
    [Symbol.asyncDispose]: () => fake.stop(),
  };
  await fake.start();
  return fake;
}

/** A verdict for the fake keeper to give. */
export function verdict(id: string, isPassed: boolean, options: { bonus?: boolean } = {}): TaskVerdict {
  return {
    id,
    passed: isPassed,
    state: isPassed ? 'passed' : 'failed',
    ...(!isPassed && { message: { de: 'Noch nicht.', en: 'Not yet.' }, messageId: 'not-yet' }),
    evidence: ['Uid of pid 7: 0'],
    points: 10,
    bonus: options.bonus ?? false,
  };
}

function leftOut({ message: _message, ...task }: TaskVerdict): TaskVerdict {
  return {
    ...task,
    passed: false,
    state: 'inconclusive',
    message: { de: 'Nur auf Knopfdruck.', en: 'On request only.' },
    messageId: 'on-request',
    evidence: [],
  };
}

function checkResultOf(tasks: readonly TaskVerdict[]): CheckResult {
  const counted = tasks.filter((task) => !task.bonus);
  return {
    passed: counted.filter((task) => task.passed).length,
    total: counted.length,
    points: tasks.reduce((sum, task) => sum + (task.passed ? task.points : 0), 0),
    tasks: [...tasks],
    checkedAt: new Date().toISOString(),
    milliseconds: 1,
  };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function randomId(): string {
  return [...randomBytes(16)].map((byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join('');
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
