import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Lab } from '#lab';
import type { Session, SessionEvent } from '#protocol/api.ts';
import { createApp, type AppParts } from './app.ts';
import type { Catalog } from './catalog.ts';
import { readConfiguration } from './configuration.ts';
import { startFakeKeeper } from './keeper/fake-keeper.ts';
import { connectKeeper } from './keeper/keeper.ts';
import { learnerCookie } from './security/learner.ts';
import { openStore } from './store/open-store.ts';

// The machine that runs the tests may be busy with something else.
const patienceMs = 15_000;
vi.setConfig({ testTimeout: 2 * patienceMs });

/** Waits until `assertion` no longer throws. */
export function eventually(assertion: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(assertion, { timeout: patienceMs, interval: 10 });
}

const testLab = {
  label: 'L1.1',
  title: { de: 'Das Testlabor', en: 'The test lab' },
  summary: { de: 'Nur zum Testen.', en: 'For tests only.' },
  minutes: 45,
  difficulty: 1,
  needs: [],
  attack: { title: { de: 'Angriff', en: 'Attack' }, points: 20, hints: [{ de: 'Tipp', en: 'Hint' }] },
  tasks: { 'drop-root': { title: { de: 'Aufgabe', en: 'Task' }, points: 10, hints: [{ de: 'Tipp', en: 'Hint' }] } },
  messages: { 'not-yet': { de: 'Noch nicht.', en: 'Not yet.' } },
} as const satisfies Lab;

const testCatalog: Catalog = {
  labs: new Map<string, Lab>([
    ['kernel/first', testLab],
    ['kernel/second', { ...testLab, label: 'L1.2', title: { de: 'Das zweite Testlabor', en: 'The second test lab' } }],
  ]),
  solution: async (id) => (id === 'kernel/first' ? '#!/bin/sh\necho solved\n' : undefined),
};

/** A whole server for tests: real HTTP, real WebSockets, real SQLite in a folder of its own; only the keeper is a fake one. */
export async function startTestCourse(parts: Partial<AppParts> & { environment?: NodeJS.ProcessEnv } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'schott-server-'));
  const site = join(directory, 'site');
  writeTestSite(site);
  const keeperSocket = join(directory, 'keeper.sock');
  const fakeKeeper = await startFakeKeeper(keeperSocket, [...testCatalog.labs.keys()]);
  let server = await start();

  async function start() {
    const store = openStore(join(directory, 'test.sqlite'));
    const configuration = readConfiguration({ SCHOTT_SITE: site, SCHOTT_DATA: directory, ...parts.environment });
    const cookieSecret = 'a secret for tests, long enough to sign';
    const app = await createApp({ configuration, store, keeper: connectKeeper(keeperSocket), catalog: testCatalog, cookieSecret, ...parts });
    await app.listen({ port: 0, host: '127.0.0.1' });
    return { app, store, port: (app.server.address() as AddressInfo).port };
  }
  async function stop() {
    await server.app.close();
    server.store[Symbol.dispose]();
  }

  return {
    directory,
    keeper: fakeKeeper,
    get app() {
      return server.app;
    },
    get store() {
      return server.store;
    },
    get url() {
      return `http://127.0.0.1:${server.port}`;
    },
    learner: () => createTestLearner(() => `http://127.0.0.1:${server.port}`),
    stop,
    /** A new process, as far as the server can tell. */
    async restart() {
      await stop();
      server = await start();
    },
    async startAgain() {
      server = await start();
    },
    async [Symbol.asyncDispose]() {
      await stop();
      await fakeKeeper[Symbol.asyncDispose]();
      rmSync(directory, { recursive: true });
    },
  };
}

export type TestCourse = Awaited<ReturnType<typeof startTestCourse>>;

/** A browser with a cookie of its own. `url` may change: a restarted server gets another port. */
export function createTestLearner(url: () => string) {
  let cookie = '';
  const learner = {
    get cookie() {
      return cookie;
    },
    async request(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const json = body === undefined ? {} : { 'content-type': 'application/json' };
      const response = await fetch(url() + path, {
        method,
        headers: { ...json, cookie, origin: url(), ...headers },
        ...(body !== undefined && { body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body) }),
        redirect: 'manual',
      });
      const given = response.headers.getSetCookie().find((value) => value.startsWith(`${learnerCookie}=`));
      if (given) cookie = given.split(';')[0] ?? '';
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, json: <Body>() => JSON.parse(text) as Body };
    },
    async startSession(lab = 'kernel/first'): Promise<Session> {
      return (await learner.request('POST', '/api/sessions', { lab })).json<Session>();
    },
    connect(path: string, options: { origin?: string; headers?: Record<string, string> } = {}) {
      return openTestSocket(url().replace('http', 'ws') + path, { origin: options.origin ?? url(), headers: { cookie, ...options.headers } });
    },
  };
  return learner;
}

export type TestSocket = ReturnType<typeof openTestSocket>;

function openTestSocket(url: string, options: { origin?: string; headers?: Record<string, string> }) {
  const socket = new WebSocket(url, { ...options, perMessageDeflate: false });
  const messages: Buffer[] = [];
  const opened = new Promise<void>((resolve, reject) => socket.on('open', resolve).on('error', reject));
  const closed = new Promise<{ code: number; reason: string }>((resolve) => socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })));
  opened.catch(() => {});
  socket.on('message', (data: Buffer) => messages.push(data));
  return {
    socket,
    messages,
    opened,
    closed,
    events: () => messages.map((message) => JSON.parse(message.toString()) as SessionEvent),
    [Symbol.dispose]: () => socket.terminate(),
  };
}

function writeTestSite(site: string): void {
  const files = {
    'de/index.html': '<html lang="de"><script>window.theme = "dark";</script><h1>Start</h1></html>',
    'en/index.html': '<html lang="en"><h1>Home</h1></html>',
    'de/kernel/index.html': '<html lang="de"><h1>Kernel</h1></html>',
    'de/404/index.html': '<html lang="de"><h1>Nicht gefunden</h1></html>',
    '404.html': '<html lang="en"><h1>Not found</h1></html>',
    '_astro/page.abc123.js': 'export {};',
    'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(site, path, '..'), { recursive: true });
    writeFileSync(join(site, path), content);
  }
}
