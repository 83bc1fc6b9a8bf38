import { readlink } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { Inconclusive } from '#lab';
import { inTurns, listBounded, readBounded } from './bounded-read.ts';

/** About 27,000 connections. */
const maxTableBytes = 4 * 1024 * 1024;
const maxDescriptors = 50_000;
const width = 256;

export interface TcpEntry {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** `LISTEN` is 10 (0x0A) in the kernel's table, `ESTABLISHED` 1. */
  readonly state: number;
  /** 0 while nobody has accepted it yet. */
  readonly inode: string;
}

/** The kernel's TCP table of the network namespace that process `pid` is in (proc_pid_net(5)). Throws Inconclusive (`too-much`). */
export async function readTcpTable(pid: number): Promise<TcpEntry[]> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readBounded(`/proc/${pid}/net/${name}`, maxTableBytes).catch(noneWhenEnded(''))));
  return tables.flatMap(parseTcpTable);
}

/** Inodes of the sockets that a process holds. `signal` ends it early. Throws Inconclusive (`too-much`). */
export function socketsOf(pid: number, signal: AbortSignal): Promise<Set<string>> {
  return inodesHeldBy(pid, 'socket', signal);
}

/** Inodes of the pipes that a process holds; as `socketsOf`. */
export function pipesOf(pid: number, signal: AbortSignal): Promise<Set<string>> {
  return inodesHeldBy(pid, 'pipe', signal);
}

async function inodesHeldBy(pid: number, kind: 'socket' | 'pipe', signal: AbortSignal): Promise<Set<string>> {
  const folder = `/proc/${pid}/fd`;
  const descriptors = await listBounded(folder, maxDescriptors).catch(noneWhenEnded<Dirent[]>([]));
  const links = await inTurns(descriptors, width, signal, ({ name }) => readlink(`${folder}/${name}`).catch(() => ''));
  return new Set(links.flatMap((link) => (link.startsWith(`${kind}:[`) ? [link.slice(kind.length + 2, -1)] : [])));
}

/** The entries of `/proc/<pid>/net/tcp` or `tcp6`. */
export function parseTcpTable(content: string): TcpEntry[] {
  return content.trimEnd().split('\n').slice(1).map(parseEntry);
}

function parseEntry(line: string): TcpEntry {
  const [, local = '', remote = '', state = '', , , , , , inode = '0'] = line.trim().split(/\s+/);
  const [localAddress = '', localPort = '0'] = local.split(':');
  const [remoteAddress = '', remotePort = ''] = remote.split(':');
  return {
    localAddress: parseAddress(localAddress),
    localPort: Number.parseInt(localPort, 16),
    remoteAddress: parseAddress(remoteAddress),
    remotePort: Number.parseInt(remotePort, 16),
    state: Number.parseInt(state, 16),
    inode,
  };
}

/** Four bytes at a time in the machine's (little-endian) order. An IPv4 address mapped into IPv6 reads as IPv4, the IPv6 address for all as `::`. */
function parseAddress(hex: string): string {
  if (/^0{32}$/.test(hex)) return '::';
  if (hex.length !== 32 || /^0{16}FFFF0000/i.test(hex)) return bytesOf(hex.slice(-8)).join('.');
  const bytes = hex.match(/.{8}/g)?.flatMap(bytesOf) ?? [];
  return (
    bytes
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('')
      .match(/.{4}/g) ?? []
  ).join(':');
}

function bytesOf(word: string): number[] {
  return [6, 4, 2, 0].map((at) => Number.parseInt(word.slice(at, at + 2), 16));
}

/** A process that has ended holds nothing. */
function noneWhenEnded<T>(none: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Inconclusive) throw error;
    return none;
  };
}
