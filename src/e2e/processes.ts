import { readdir, readFile } from 'node:fs/promises';

export interface RunningProcess {
  readonly pid: number;
  readonly command: string;
}

/** Every process that `pid` has started, and theirs. */
export async function descendantsOf(pid: number): Promise<RunningProcess[]> {
  const children = (await read(`/proc/${pid}/task/${pid}/children`)).trim().split(' ').filter(Boolean).map(Number);
  const families = await Promise.all(children.map(async (child) => [{ pid: child, command: await commandOf(child) }, ...(await descendantsOf(child))]));
  return families.flat();
}

/** Every process of this machine. */
export async function allProcesses(): Promise<RunningProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  return Promise.all(pids.map(async (pid) => ({ pid, command: await commandOf(pid) })));
}

/** The command line; empty when there is no such process any more. */
export async function commandOf(pid: number): Promise<string> {
  return (await read(`/proc/${pid}/cmdline`)).replaceAll('\0', ' ').trim();
}

async function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
