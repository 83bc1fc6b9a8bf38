import { readFile } from 'node:fs/promises';
import type { CgroupLimits, CgroupUsage } from '#lab';
import { directoriesBelow, directoryOf, parseCgroups } from './cgroup-path.ts';

/** Larger values mean "no limit" in cgroup v1 (2^63 rounded down to a page). */
const unlimited = 2 ** 60;

/** Limits that bind a process: the smallest from its cgroup up to, but not including, the sandbox's. */
export async function readLimits(pid: number, sandboxCgroup: string): Promise<CgroupLimits> {
  const paths = await cgroupPaths(pid);
  const smallest = async (controller: string, read: (directory: string) => Promise<number | undefined>): Promise<number | undefined> => {
    let least: number | undefined;
    for (const directory of directoriesBelow(paths, controller, sandboxCgroup)) {
      const value = await read(directory);
      if (value !== undefined && value < unlimited) least = Math.min(least ?? value, value);
    }
    return least;
  };
  return {
    memoryBytes: await smallest('memory', (at) => firstNumber(`${at}/memory.limit_in_bytes`, `${at}/memory.max`)),
    memoryAndSwapBytes: await smallest('memory', memoryAndSwap),
    cpuCores: await smallest('cpu', cpuCores),
    pids: await smallest('pids', (at) => firstNumber(`${at}/pids.max`)),
  };
}

/** Counters of a process's own cgroup. */
export async function readUsage(pid: number): Promise<CgroupUsage> {
  const paths = await cgroupPaths(pid);
  const at = (controller: string): string => directoryOf(paths, controller);
  const cpuStat = await fields(`${at('cpu')}/cpu.stat`);
  const accounted = await firstNumber(`${at('cpuacct')}/cpuacct.usage`);
  return {
    memoryBytes: (await firstNumber(`${at('memory')}/memory.usage_in_bytes`, `${at('memory')}/memory.current`)) ?? 0,
    cpuSeconds: accounted === undefined ? (cpuStat.get('usage_usec') ?? 0) / 1e6 : accounted / 1e9,
    throttledPeriods: cpuStat.get('nr_throttled') ?? 0,
    pids: (await firstNumber(`${at('pids')}/pids.current`)) ?? 0,
    oomKills: (await fields(`${at('memory')}/memory.oom_control`)).get('oom_kill') ?? (await fields(`${at('memory')}/memory.events`)).get('oom_kill') ?? 0,
  };
}

async function cgroupPaths(pid: number): Promise<Map<string, string>> {
  return parseCgroups(await readFile(`/proc/${pid}/cgroup`, 'utf8'));
}

async function memoryAndSwap(at: string): Promise<number | undefined> {
  const together = await firstNumber(`${at}/memory.memsw.limit_in_bytes`);
  if (together !== undefined) return together;
  const [memory, swap] = [await firstNumber(`${at}/memory.max`), await firstNumber(`${at}/memory.swap.max`)];
  return memory === undefined || swap === undefined ? undefined : memory + swap;
}

async function cpuCores(at: string): Promise<number | undefined> {
  const quota = await firstNumber(`${at}/cpu.cfs_quota_us`);
  const period = await firstNumber(`${at}/cpu.cfs_period_us`);
  if (quota !== undefined && period !== undefined) return quota > 0 ? quota / period : undefined;
  const [most, every] = (await readFile(`${at}/cpu.max`, 'utf8').catch(() => 'max')).trim().split(' ');
  return most === 'max' || most === undefined ? undefined : Number(most) / Number(every);
}

/** The number in the first of these files that exists; undefined for `max`. */
async function firstNumber(...files: string[]): Promise<number | undefined> {
  for (const file of files) {
    const content = await readFile(file, 'utf8').catch(() => undefined);
    if (content === undefined) continue;
    const value = Number(content.trim());
    return Number.isNaN(value) ? undefined : value;
  }
  return undefined;
}

async function fields(file: string): Promise<Map<string, number>> {
  const content = await readFile(file, 'utf8').catch(() => '');
  return new Map(
    content
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' '))
      .map(([name = '', value = '']) => [name, Number(value)]),
  );
}
