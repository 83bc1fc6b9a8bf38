import type { Listener } from '#lab';
import { inTurns } from './bounded-read.ts';
import { pidsBelow } from './kernel-process.ts';
import { readTcpTable, socketsOf, type TcpEntry } from './socket-table.ts';
import type { Subject } from './subject.ts';

const listening = 10;

/** Docker's resolver: in the Docker host it is our own engine's and holds a socket there, but nobody in the sandbox has it. */
const resolverAddress = '127.0.0.11';

/**
 * Ports that accept connections in the network namespace of process `pid` (machine's number), each address and port once; without those of our own engine.
 * Throws Inconclusive (`too-much`).
 */
export async function readListeners(subject: Subject, pid: number): Promise<Listener[]> {
  const entries = (await readTcpTable(pid)).filter(({ state }) => state === listening);
  const isSuspect = ({ localAddress }: TcpEntry): boolean => localAddress === resolverAddress;
  const held = entries.some(isSuspect) ? await heldInSandbox(subject) : new Set<string>();
  const own = entries.filter((entry) => !isSuspect(entry) || held.has(entry.inode));
  return [...new Map(own.map(({ localAddress: address, localPort: port }) => [`${address} ${port}`, { address, port }])).values()];
}

/** Inodes of all sockets that processes of the sandbox hold. */
async function heldInSandbox({ frame, signal }: Subject): Promise<Set<string>> {
  const sets = await inTurns(await pidsBelow(frame.cgroup), 16, signal, (pid) => socketsOf(pid, signal));
  return new Set(sets.flatMap((set) => [...set]));
}
