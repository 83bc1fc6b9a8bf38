import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { labList, type LabList } from '#protocol/api.ts';
import { ensureAccounts, serverIds } from '#sandbox/host/accounts.ts';
import { instanceIn, type Instance } from '#sandbox/host/instance.ts';
import { connectEngine, type Engine } from '#sandbox/engine/connection.ts';
import type { StartOptions } from '../start/options.ts';
import { serverStarter, startKeeper } from '../start/processes.ts';
import { supervise } from '../start/supervise.ts';

/** One of each topic: what is measured and soaked is the sandbox, and that is the same in all of them. */
const measuredLabs = ['kernel/contain-the-agent', 'surface/tame-the-neighbour', 'privilege/drop-root', 'patches/rebuild-stale-image'];

/** A course of the bench's own: keeper and server as real processes, started the way `npm start` does. */
export interface Course extends AsyncDisposable {
  readonly url: string;
  readonly instance: Instance;
  readonly engine: Engine;
  /** Waits until no lab is being baked any more, and gives the ids of those that can be started. */
  startableLabs(onProgress: (line: string) => void): Promise<string[]>;
  /** Ends a process without warning, as a crash would. It is started again. */
  kill(which: 'server' | 'keeper'): void;
  /** The process as it runs now; undefined while it is being started again. */
  pidOf(which: 'server' | 'keeper'): number | undefined;
  /** How many sandboxes the keeper keeps warm once it has been started again. */
  setWarm(warm: number): void;
}

/** Starts the course with `warm` sandboxes ready for each of the measured labs; resolves when the server listens. Leaves nothing running when it fails. */
export async function startCourse(dataDirectory: string, warm: number): Promise<Course> {
  const instance = instanceIn(dataDirectory);
  // A fixed port: a server that is started again must be found where it was.
  let options: StartOptions = {
    port: await freePort(),
    host: '127.0.0.1',
    dataDirectory,
    warm: String(warm * measuredLabs.length),
    capacity: undefined,
    labs: measuredLabs.join(','),
  };
  await ensureAccounts();
  const { gid } = await serverIds();
  const startServer = await serverStarter(options, instance, { keeperSocket: instance.keeperSocket });
  const processes = new Map<'server' | 'keeper', ChildProcess>();
  const note = (which: 'server' | 'keeper', child: ChildProcess): ChildProcess => {
    processes.set(which, child);
    return child;
  };
  await using stack = new AsyncDisposableStack();
  const keeper = supervise('keeper', () => note('keeper', startKeeper(options, gid)));
  stack.defer(() => keeper.stop());
  await keeper.up;
  const server = supervise('server', () => note('server', startServer()));
  // Both at once: a Ctrl-C reaches them, too, and one that ends before it is asked to would be started again.
  stack.defer(async () => void (await Promise.all([server.stop(), keeper.stop()])));
  await server.up;
  const kept = stack.move();
  const url = `http://127.0.0.1:${options.port}`;
  return {
    url,
    instance,
    engine: connectEngine(instance.engineSocket),
    startableLabs: (onProgress) => waitForLabs(url, onProgress),
    kill: (which) => void processes.get(which)?.kill('SIGKILL'),
    pidOf(which) {
      const child = processes.get(which);
      return child === undefined || child.exitCode !== null || child.signalCode !== null ? undefined : child.pid;
    },
    setWarm: (next) => (options = { ...options, warm: String(next) }),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
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

async function waitForLabs(url: string, onProgress: (line: string) => void): Promise<string[]> {
  for (;;) {
    const { labs } = await readLabs(url);
    const preparing = labs.filter((lab) => lab.availability.state === 'preparing');
    if (labs.length > 0 && preparing.length === 0) return labs.filter((lab) => lab.availability.state === 'ready').map((lab) => lab.id);
    onProgress(`waiting for labs to be prepared: ${preparing.map((lab) => lab.id).join(', ')}`);
    await sleep(2000);
  }
}

async function readLabs(url: string): Promise<LabList> {
  const response = await fetch(`${url}/api/labs`);
  if (!response.ok) throw new Error(`Cannot read the labs: status ${response.status}`);
  return labList.parse(await response.json());
}
