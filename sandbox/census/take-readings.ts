import { readdir, readFile } from 'node:fs/promises';

/** What a process holds at one moment. */
export interface Reading {
  readonly descriptors: number;
  readonly memoryMebibytes: number;
}

/** Open file descriptors and resident memory of each process; one that is not there (any more) is left out. Read from /proc/PID/fd and /proc/PID/status. */
export async function takeReadings(pids: Readonly<Record<string, number | undefined>>): Promise<Record<string, Reading>> {
  const readings = await Promise.all(Object.entries(pids).map(async ([name, pid]) => [name, pid === undefined ? undefined : await read(pid)] as const));
  return Object.fromEntries(readings.filter((entry): entry is [string, Reading] => entry[1] !== undefined));
}

async function read(pid: number): Promise<Reading | undefined> {
  try {
    const [descriptors, status] = await Promise.all([readdir(`/proc/${pid}/fd`), readFile(`/proc/${pid}/status`, 'utf8')]);
    const kibibytes = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
    return { descriptors: descriptors.length, memoryMebibytes: Math.round(kibibytes / 1024) };
  } catch {
    return undefined;
  }
}
