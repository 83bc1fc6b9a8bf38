import { access, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Instance } from '#sandbox/host/instance.ts';
import { livingLeases } from '#sandbox/host/leases.ts';
import { isAlive } from '#sandbox/host/lock.ts';
import { allProcesses, commandOf, type RunningProcess } from './processes.ts';

/**
 * What an ended course has left on the machine. `own` are the processes it had. Engine, pool, network namespace and folders count unless somebody
 * else, e.g. another part of the same test run, still holds a lease on them.
 */
export async function leftoversOf(instance: Instance, own: readonly RunningProcess[]): Promise<string[]> {
  let survivors = await survivorsOf(own);
  // Who ends because the other end of a pipe has gone needs a moment.
  for (let waited = 0; survivors.length > 0 && waited < 1000; waited += 50) {
    await sleep(50);
    survivors = await survivorsOf(own);
  }
  return (await isLeased(instance))
    ? survivors
    : [...survivors, ...(await engineProcesses(instance)), ...(await mounts(instance)), ...(await folders(instance))];
}

async function survivorsOf(own: readonly RunningProcess[]): Promise<string[]> {
  const found: string[] = [];
  for (const { pid, command } of own) if (isAlive(pid) && (await commandOf(pid)) === command) found.push(`process ${pid} (${command})`);
  return found;
}

async function isLeased(instance: Instance): Promise<boolean> {
  return (await livingLeases(instance)).length > 0;
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

/** Run directory and cgroups. */
async function folders(instance: Instance): Promise<string[]> {
  const hierarchies = ['', ...(await readdir('/sys/fs/cgroup'))];
  const places = [instance.runDirectory, ...hierarchies.map((hierarchy) => join('/sys/fs/cgroup', hierarchy, instance.cgroupParent))];
  const areThere = await Promise.all(
    places.map((place) =>
      stat(place)
        .then((found) => found.isDirectory())
        .catch(() => false),
    ),
  );
  return places.filter((_, index) => areThere[index]).map((place) => `folder ${place}`);
}

function isBelow(path: string, directory: string): boolean {
  return path === directory || path.startsWith(`${directory}/`);
}
