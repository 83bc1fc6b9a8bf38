import { readdir, readFile } from 'node:fs/promises';
import { containerdPid } from '../host/containerd-process.ts';
import { enginePid } from '../host/engine-process.ts';
import type { Instance } from '../host/instance.ts';

interface Process {
  readonly pid: string;
  readonly parent: string;
  readonly state: string;
  readonly comm: string;
  readonly words: string;
  readonly cgroup: string;
}

/**
 * Processes in the instance's cgroups and those that name its run directory in their command line (shims, relays, proxies); the engine and its
 * containerd are left out. Zombies: children of the engine, of its containerd, of this process and of its children that nobody has collected.
 */
export async function listProcesses(instance: Instance): Promise<{ processes: string[]; zombies: string[] }> {
  const [all, engine, containerd] = await Promise.all([allProcesses(), enginePid(instance), containerdPid(instance)]);
  const engines = [engine, containerd].map(String);
  const self = String(process.pid);
  const family = new Set([...engines, self, ...all.filter(({ parent }) => parent === self).map(({ pid }) => pid)]);
  const isOurs = ({ cgroup, words }: Process): boolean => cgroup.includes(`:${instance.cgroupParent}/`) || words.includes(`${instance.runDirectory}/`);
  return {
    processes: all
      .filter((one) => one.state !== 'Z' && isOurs(one) && !engines.includes(one.pid))
      .map(({ pid, words }) => `${pid} ${words}`)
      .toSorted(),
    zombies: all
      .filter(({ state, parent }) => state === 'Z' && family.has(parent))
      .map(({ pid, comm }) => `${pid} ${comm}`)
      .toSorted(),
  };
}

async function allProcesses(): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  return Promise.all(
    pids.map(async (pid) => {
      const [stat = '', commandLine = '', cgroup = ''] = await Promise.all(
        ['stat', 'cmdline', 'cgroup'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
      );
      // The name in brackets may hold anything, brackets and blanks included.
      const end = stat.lastIndexOf(')');
      const [state = '', parent = ''] = stat.slice(end + 2).split(' ');
      return { pid, parent, state, comm: stat.slice(stat.indexOf('(') + 1, end), words: commandLine.replaceAll('\0', ' ').trim(), cgroup };
    }),
  );
}
