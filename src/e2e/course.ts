import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { instanceIn, type Instance } from '#sandbox/host/instance.ts';
import { testDataDirectory } from '#sandbox/testing/test-data-directory.ts';
import { labList } from '#protocol/api.ts';
import { leftoversOf } from './leftovers.ts';
import { descendantsOf } from './processes.ts';

const startScript = join(import.meta.dirname, '../start/start.ts');
const readyLimitMs = 120_000;
const bakingLimitMs = 840_000;
const endLimitMs = 90_000;

export interface Course extends AsyncDisposable {
  readonly url: string;
  readonly instance: Instance;
  /** What it has printed so far. */
  readonly output: string;
  /** Waits until every lab can be started; baking takes minutes the first time. */
  labsAreReady(): Promise<void>;
  /** Its one process whose command line ends with `program`, e.g. `sandbox/keeper/main.ts`. */
  pidOf(program: string): Promise<number>;
}

/** Starts the whole course as `npm start -- OPTIONS` does. Disposing ends it with SIGTERM and makes sure that nothing of it is left. */
export async function startCourse(options: readonly string[] = ['--warm', '3'], dataDirectory = testDataDirectory): Promise<Course> {
  // Not port 0: a restarted server must come back at the same address.
  const port = await freePort();
  const child = spawn(process.execPath, [startScript, '--port', String(port), '--data', dataDirectory, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const instance = instanceIn(dataDirectory);
  const url = `http://127.0.0.1:${port}`;
  const output = collectOutput(child);
  try {
    await waitUntil(() => /^\[.*\] ready /m.test(output()), readyLimitMs, child, output);
  } catch (error) {
    await end(child);
    throw error;
  }
  return {
    url,
    instance,
    get output() {
      return output();
    },
    labsAreReady: () => waitUntil(() => labsAreReady(url), bakingLimitMs, child, output),
    async pidOf(program) {
      const found = (await descendantsOf(child.pid ?? 0)).filter(({ command }) => command.endsWith(program));
      if (found.length !== 1) throw new Error(`Cannot find the one process of ${program}: there are ${found.length}`);
      return found[0]?.pid ?? 0;
    },
    async [Symbol.asyncDispose]() {
      const own = await descendantsOf(child.pid ?? 0);
      const { code } = await end(child);
      const leftovers = await leftoversOf(instance, own);
      if (code !== 0 || leftovers.length > 0)
        throw new Error(`The course ended with status ${code}. Left behind: ${leftovers.join(', ') || 'nothing'}\n${output()}`);
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function collectOutput(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  return () => text;
}

async function labsAreReady(url: string): Promise<boolean> {
  const response = await fetch(`${url}/api/labs`);
  // Who asks often enough without a cookie is told to wait a little.
  if (response.status === 429) return false;
  const { labs } = labList.parse(await response.json());
  const broken = labs.find(({ availability }) => availability.state === 'unavailable');
  if (broken) throw new Error(`Lab ${broken.id} is not available: ${JSON.stringify(broken.availability)}`);
  return labs.every(({ availability }) => availability.state === 'ready');
}

async function waitUntil(isTrue: () => boolean | Promise<boolean>, limitMs: number, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await isTrue())) {
    if (child.exitCode !== null) throw new Error(`The course ended by itself with status ${child.exitCode}:\n${output()}`);
    if (Date.now() > deadline) throw new Error(`The course was not ready after ${limitMs / 1000} s:\n${output()}`);
    await sleep(100);
  }
}

async function end(child: ChildProcess): Promise<{ code: number | null }> {
  if (child.exitCode === null) {
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), endLimitMs);
    await exit;
    clearTimeout(timer);
  }
  return { code: child.exitCode };
}
