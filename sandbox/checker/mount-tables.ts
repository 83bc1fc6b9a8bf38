import { readlink } from 'node:fs/promises';
import type { KernelMount } from '#lab';
import { readBounded, tooMuch } from './bounded-read.ts';
import { parseMounts, relativeToHost, type RawMount } from './mounts.ts';

/** A container brings about ten lines of 300 bytes. */
const maxTableBytes = 2 * 1024 * 1024;
const maxBytesTogether = 4 * 1024 * 1024;

/**
 * Mount tables (proc_pid_mountinfo(5)) of a sandbox's processes. Each is read once for all processes that see the same, since a sandbox may have
 * 100,000 mounts and 2,000 processes. Throws Inconclusive (`too-much`) when they are longer than the checker reads.
 */
export class MountTables {
  readonly #hostRoot: RawMount;
  readonly #known = new Map<string, Promise<readonly KernelMount[]>>();
  #bytes = 0;

  constructor(hostRoot: RawMount) {
    this.#hostRoot = hostRoot;
  }

  /** The mounts that process `pid` sees; none for a zombie. Throws ENOENT or ESRCH when it has ended. */
  async of(pid: number): Promise<readonly KernelMount[]> {
    // The table tells what is below the process's own root.
    const seen = await Promise.all(['ns/mnt', 'root'].map((name) => readlink(`/proc/${pid}/${name}`))).then(
      (links) => links.join(' '),
      () => undefined,
    );
    if (seen === undefined) return this.#read(pid);
    const table = this.#known.get(seen) ?? this.#read(pid);
    this.#known.set(seen, table);
    // Whoever was read for the others may just have ended.
    table.catch(() => this.#known.delete(seen));
    return table;
  }

  async #read(pid: number): Promise<readonly KernelMount[]> {
    let content: string;
    try {
      content = await readBounded(`/proc/${pid}/mountinfo`, maxTableBytes);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EINVAL') return [];
      throw error;
    }
    this.#bytes += content.length;
    if (this.#bytes > maxBytesTogether) throw tooMuch(`the mount tables of its processes are longer than ${maxBytesTogether / 1024} KiB together`);
    return parseMounts(content).map((mount) => relativeToHost(mount, this.#hostRoot));
  }
}
