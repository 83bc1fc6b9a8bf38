import type { Socket } from 'node:net';
import { Inconclusive, NotYet } from '#lab';
import { ConnectionFailed } from '../keeper/relay.ts';
import type { SandboxParts } from '../keeper/sandbox-parts.ts';
import { readBounded, readStart } from './bounded-read.ts';
import { hashOfExecutable } from './executable-hash.ts';
import { pidsBelow } from './kernel-process.ts';
import { socketsOf } from './socket-table.ts';

const socketPath = '/var/run/docker.sock';
const maxEnvironmentBytes = 64 * 1024;
/** About 30,000 sockets. */
const maxTableBytes = 2 * 1024 * 1024;
const preloads = /(^|\0)LD_(PRELOAD|AUDIT|LIBRARY_PATH)=/;

/**
 * Connects to the nested engine, provided that the kernel says it is the one of the base image: the process that listens there executes the very
 * dockerd, without foreign libraries asked for by its environment, and nobody else in the sandbox holds that socket (a parent may listen and
 * become dockerd, while its child answers). `peerPid` is its number on the machine. What such a process has in its memory stays its secret: so the API is asked for intent, never for proof.
 */
export async function connectToGenuineDockerd(
  parts: SandboxParts,
  cgroup: string,
  toolHashes: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<{ socket: Socket; peerPid: number }> {
  const relay = await parts.relay('dockerhost');
  const connection = await relay.connectUnix(socketPath).catch((error: unknown) => {
    if (error instanceof ConnectionFailed) throw new NotYet('engine-down', [`${socketPath}: ${error.code}`]);
    throw error;
  });
  try {
    const problem = await whatIsWrong(connection.peerPid, cgroup, toolHashes['dockerd'], signal);
    if (problem !== undefined) throw new NotYet('tools-changed', [problem]);
    return connection;
  } catch (error) {
    connection.socket.destroy();
    throw error;
  }
}

async function whatIsWrong(listener: number, cgroup: string, dockerdHash: string | undefined, signal: AbortSignal): Promise<string | undefined> {
  const inodes = await socketsNamed(listener);
  for (const pid of await pidsBelow(cgroup)) {
    signal.throwIfAborted();
    const isHolder = pid === listener || [...(await socketsOf(pid, signal))].some((inode) => inodes.has(inode));
    if (!isHolder) continue;
    const hash = await hashOfExecutable(pid);
    // Ended meanwhile: then it answers nobody.
    if (hash === undefined && pid !== listener) continue;
    if (hash === undefined || hash !== dockerdHash)
      return `${socketPath} is held by pid ${pid}, whose program is not this host's dockerd (SHA-256 ${hash ?? 'unreadable'})`;
    const environment = await readStart(`/proc/${pid}/environ`, maxEnvironmentBytes).catch(() => ({ text: '', isWhole: true }));
    if (!environment.isWhole) return `dockerd, pid ${pid}, was started with an environment of more than ${maxEnvironmentBytes / 1024} KiB`;
    if (preloads.test(environment.text)) return `dockerd, pid ${pid}, was started with a foreign library (LD_PRELOAD, LD_AUDIT or LD_LIBRARY_PATH)`;
  }
  return undefined;
}

/** Inodes of all sockets bound to the engine's path, connections that were accepted there included (proc_net(5), unix). */
async function socketsNamed(pid: number): Promise<Set<string>> {
  const table = await readBounded(`/proc/${pid}/net/unix`, maxTableBytes).catch((error: unknown) => {
    if (error instanceof Inconclusive) throw error;
    return '';
  });
  const inodes = new Set<string>();
  for (const line of table.trimEnd().split('\n').slice(1)) {
    const [, , , , , , inode, path] = line.trim().split(/\s+/);
    if (inode !== undefined && path !== undefined && /(^|\/)docker\.sock$/.test(path)) inodes.add(inode);
  }
  return inodes;
}
