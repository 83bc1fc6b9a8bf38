import { readdir, readFile, readlink } from 'node:fs/promises';

export interface TcpEntry {
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** `LISTEN` is 10 (0x0A) in the kernel's table, `ESTABLISHED` 1. */
  readonly state: number;
  /** 0 while nobody has accepted it yet. */
  readonly inode: string;
}

/** The kernel's TCP table of the network namespace that process `pid` is in (proc_pid_net(5)). */
export async function readTcpTable(pid: number): Promise<TcpEntry[]> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/${pid}/net/${name}`, 'utf8').catch(() => '')));
  return tables.flatMap(parseTcpTable);
}

/** Inodes of the sockets that a process holds. */
export async function socketsOf(pid: number): Promise<Set<string>> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => []);
  const links = await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')));
  return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
}

/** The entries of `/proc/<pid>/net/tcp` or `tcp6`. */
export function parseTcpTable(content: string): TcpEntry[] {
  return content.trimEnd().split('\n').slice(1).map(parseEntry);
}

function parseEntry(line: string): TcpEntry {
  const [, local = '', remote = '', state = '', , , , , , inode = '0'] = line.trim().split(/\s+/);
  const [address = '', port = ''] = remote.split(':');
  return {
    localPort: Number.parseInt(local.split(':')[1] ?? '0', 16),
    remoteAddress: parseAddress(address),
    remotePort: Number.parseInt(port, 16),
    state: Number.parseInt(state, 16),
    inode,
  };
}

/** IPv4, also when mapped into IPv6: the last four bytes, in the machine's (little-endian) order. */
function parseAddress(hex: string): string {
  const last = hex.slice(-8);
  return [6, 4, 2, 0].map((at) => Number.parseInt(last.slice(at, at + 2), 16)).join('.');
}
