import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instance } from '#sandbox/host/instance.ts';
import { isAlive } from '#sandbox/host/lock.ts';
import { allProcesses, commandOf, type RunningProcess } from './processes.ts';

/**
 * What an ended course has left on the machine. `own` are the processes it had. Engine, pool and network namespace count unless somebody
 * else, e.g. another part of the same test run, still holds a lease on them.
 */
export async function leftoversOf(instance: Instance, own: readonly RunningProcess[]): Promise<string[]> {
  const survivors: string[] = [];
  for (const { pid, command } of own) if (isAlive(pid) && (await commandOf(pid)) === command) survivors.push(`process ${pid} (${command})`);
  return (await isLeased(instance)) ? survivors : [...survivors, ...(await engineProcesses(instance)), ...(await mounts(instance))];
}

async function isLeased(instance: Instance): Promise<boolean> {
  const leases = await readdir(join(instance.runDirectory, 'leases')).catch(() => []);
  return leases.some((pid) => isAlive(Number(pid)));
}

/** dockerd, containerd and shims name the run directory; what runs in a sandbox is in the instance's cgroup. */
async function engineProcesses(instance: Instance): Promise<string[]> {
  const found: string[] = [];
  for (const { pid, command } of await allProcesses()) {
    const cgroup = await readFile(`/proc/${pid}/cgroup`, 'utf8').catch(() => '');
    const isOurs = command.includes(`${instance.runDirectory}/`) || cgroup.includes(`${instance.cgroupParent}/`);
    if (isOurs && isAlive(pid)) found.push(`process ${pid} (${command})`);
  }
  return found;
}

async function mounts(instance: Instance): Promise<string[]> {
  const lines = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n');
  const targets = lines
    .map((line) => line.split(' ')[4] ?? '')
    .filter((target) => isBelow(target, instance.dataDirectory) || isBelow(target, instance.runDirectory));
  const hasNamespace = await access(instance.networkNamespace).then(
    () => true,
    () => false,
  );
  return [...targets.map((target) => `mount ${target}`), ...(hasNamespace ? [`network namespace ${instance.networkNamespace}`] : [])];
}

function isBelow(path: string, directory: string): boolean {
  return path === directory || path.startsWith(`${directory}/`);
}
