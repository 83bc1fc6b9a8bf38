import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeCgroup } from './cgroups.ts';
import { containerdSocket } from './containerd-process.ts';
import type { Instance } from './instance.ts';
import { run } from './run.ts';
import { thawBelow } from './thaw.ts';

const commandLimitMs = 10_000;
const endLimitMs = 5000;

/**
 * Ids of the containers that have something on this machine, with the processes of each: its shim and what runs in its cgroup. Where nothing runs, a
 * bundle of containerd's or a state of runc's is left.
 */
export async function containersOnMachine(instance: Instance): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>();
  for (const folder of leftFolders(instance)) for (const id of await readdir(folder).catch(() => [])) if (isId(id)) found.set(id, []);
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const [cgroup = '', commandLine = ''] = await Promise.all(['cgroup', 'cmdline'].map((file) => readFile(`/proc/${name}/${file}`, 'utf8').catch(() => '')));
    const id = idOfShim(instance, commandLine.split('\0')) ?? idOfCgroup(instance, cgroup);
    if (id !== undefined) found.set(id, [...(found.get(id) ?? []), Number(name)]);
  }
  return found;
}

/**
 * Ends a container that the engine does not know: a dockerd or containerd that was killed while it started one never hears of it again. Its
 * containerd is asked first; what it leaves is ended by hand.
 */
export async function endStrayContainer(instance: Instance, id: string): Promise<void> {
  const ask = ['--address', containerdSocket(instance), '--namespace', 'moby'];
  for (const words of [
    ['tasks', 'rm', '--force', id],
    ['containers', 'rm', id],
  ]) {
    await run('ctr', [...ask, ...words], { timeoutMs: commandLimitMs }).catch(() => undefined);
  }
  const cgroup = join(instance.cgroupParent, id);
  for (const deadline = Date.now() + endLimitMs; Date.now() < deadline; await sleep(100)) {
    const pids = (await containersOnMachine(instance)).get(id) ?? [];
    if (pids.length === 0) break;
    // A frozen process cannot die.
    await thawBelow(cgroup);
    for (const pid of pids) kill(pid);
  }
  for (const folder of leftFolders(instance)) await rm(join(folder, id), { recursive: true, force: true });
  await removeCgroup(cgroup);
}

function leftFolders(instance: Instance): string[] {
  return ['exec/containerd/daemon/io.containerd.runtime.v2.task/moby', 'exec/runtime-runc/moby'].map((folder) => join(instance.runDirectory, folder));
}

function idOfShim(instance: Instance, words: readonly string[]): string | undefined {
  if (!/\/containerd-shim[^/]*$/.test(words[0] ?? '') || !words.includes(containerdSocket(instance))) return undefined;
  const id = words[words.indexOf('-id') + 1] ?? '';
  return isId(id) ? id : undefined;
}

function idOfCgroup(instance: Instance, cgroups: string): string | undefined {
  const below = `:${instance.cgroupParent}/`;
  const line = cgroups.split('\n').find((one) => one.includes(below));
  const id = line?.slice(line.indexOf(below) + below.length).split('/')[0] ?? '';
  return isId(id) ? id : undefined;
}

function isId(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}
