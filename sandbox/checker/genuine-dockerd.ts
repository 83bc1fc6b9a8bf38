import type { Duplex } from 'node:stream';
import { readFile } from 'node:fs/promises';
import { NotYet } from '#lab';
import { ConnectionFailed } from '../keeper/relay.ts';
import type { SandboxParts } from '../keeper/sandbox-parts.ts';
import { hashOfExecutable } from './executable-hash.ts';
import { pidsBelow } from './kernel-process.ts';
import { socketsOf } from './socket-table.ts';

const socketPath = '/var/run/docker.sock';
const preloads = /(^|\0)LD_(PRELOAD|AUDIT|LIBRARY_PATH)=/;

/**
 * Connects to the nested engine, provided that the kernel says it is the one of the base image: the process that listens there executes the very
 * dockerd, without foreign libraries asked for by its environment, and nobody else in the sandbox holds that socket (a parent may listen and
 * become dockerd, while its child answers). What such a process has in its memory stays its secret: so the API is asked for intent, never for proof.
 */
export async function connectToGenuineDockerd(parts: SandboxParts, cgroup: string, toolHashes: Readonly<Record<string, string>>): Promise<Duplex> {
  const relay = await parts.relay('dockerhost');
  const connection = await relay.connectUnix(socketPath).catch((error: unknown) => {
    if (error instanceof ConnectionFailed) throw new NotYet('engine-down', [`${socketPath}: ${error.code}`]);
    throw error;
  });
  const problem = await whatIsWrong(connection.peerPid, cgroup, toolHashes['dockerd']);
  if (problem === undefined) return connection.socket;
  connection.socket.destroy();
  throw new NotYet('tools-changed', [problem]);
}

async function whatIsWrong(listener: number, cgroup: string, dockerdHash: string | undefined): Promise<string | undefined> {
  const inodes = await socketsNamed(listener);
  for (const pid of await pidsBelow(cgroup)) {
    const isHolder = pid === listener || [...(await socketsOf(pid))].some((inode) => inodes.has(inode));
    if (!isHolder) continue;
    const hash = await hashOfExecutable(pid);
    // Ended meanwhile: then it answers nobody.
    if (hash === undefined && pid !== listener) continue;
    if (hash === undefined || hash !== dockerdHash)
      return `${socketPath} is held by pid ${pid}, whose program is not this host's dockerd (SHA-256 ${hash ?? 'unreadable'})`;
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (preloads.test(environment)) return `dockerd, pid ${pid}, was started with a foreign library (LD_PRELOAD, LD_AUDIT or LD_LIBRARY_PATH)`;
  }
  return undefined;
}

/** Inodes of all sockets bound to the engine's path, connections that were accepted there included (proc_net(5), unix). */
async function socketsNamed(pid: number): Promise<Set<string>> {
  const table = await readFile(`/proc/${pid}/net/unix`, 'utf8').catch(() => '');
  const inodes = new Set<string>();
  for (const line of table.trimEnd().split('\n').slice(1)) {
    const [, , , , , , inode, path] = line.trim().split(/\s+/);
    if (inode !== undefined && path !== undefined && /(^|\/)docker\.sock$/.test(path)) inodes.add(inode);
  }
  return inodes;
}
