import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instance } from './instance.ts';

/** Notes that this process uses the instance's engine, and forgets processes that were killed while they did. */
export async function addLease(instance: Instance): Promise<void> {
  await mkdir(folderOf(instance), { recursive: true });
  const living = new Set((await livingLeases(instance)).map(String));
  for (const name of await readdir(folderOf(instance))) if (!living.has(name)) await rm(join(folderOf(instance), name), { force: true });
  await writeFile(join(folderOf(instance), String(process.pid)), (await startTime(process.pid)) ?? '');
}

export async function removeLease(instance: Instance): Promise<void> {
  await rm(join(folderOf(instance), String(process.pid)), { force: true });
}

/** Processes that use the instance's engine. Those of processes that have ended do not count, also when somebody else has their number by now. */
export async function livingLeases(instance: Pick<Instance, 'runDirectory'>): Promise<number[]> {
  const pids = (await readdir(folderOf(instance)).catch(() => [])).map(Number);
  const areAlive = await Promise.all(
    pids.map(async (pid) => {
      const started = await startTime(pid);
      const noted = await readFile(join(folderOf(instance), String(pid)), 'utf8').catch(() => undefined);
      return started !== undefined && started === noted;
    }),
  );
  return pids.filter((_, index) => areAlive[index]);
}

function folderOf(instance: Pick<Instance, 'runDirectory'>): string {
  return join(instance.runDirectory, 'leases');
}

/** Which process of this number it is: the boot and the ticks after it (proc_pid_stat(5), starttime). undefined: none, or a zombie. */
async function startTime(pid: number): Promise<string | undefined> {
  try {
    const [stat, boot] = await Promise.all([readFile(`/proc/${pid}/stat`, 'utf8'), readFile('/proc/sys/kernel/random/boot_id', 'utf8')]);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return 'ZX'.includes(fields[0] ?? 'X') ? undefined : `${boot.trim()} ${fields[19]}`;
  } catch {
    return undefined;
  }
}
