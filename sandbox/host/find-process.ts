import { readFile, readdir } from 'node:fs/promises';

/** The running process of this name that was started with this argument: a pid file may be stale, or gone with its directory. */
export async function findProcess(name: string, argument: string): Promise<number | undefined> {
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const [comm, commandLine] = await Promise.all(['comm', 'cmdline'].map((file) => readFile(`/proc/${entry}/${file}`, 'utf8').catch(() => '')));
    if (comm?.trim() === name && commandLine?.split('\0').includes(argument)) return Number(entry);
  }
  return undefined;
}
