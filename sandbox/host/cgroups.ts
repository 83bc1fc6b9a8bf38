import { readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instance } from './instance.ts';

/** Removes the instance's empty cgroups, in each hierarchy. The kernel keeps those in which a process is left. */
export async function removeCgroups(instance: Instance): Promise<void> {
  await removeCgroup(instance.cgroupParent);
}

/** Removes a cgroup and those below it, in each hierarchy, as far as no process is left in them. */
export async function removeCgroup(cgroup: string): Promise<void> {
  const hierarchies = (await readdir('/sys/fs/cgroup', { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  for (const hierarchy of ['', ...hierarchies]) await removeFolder(join('/sys/fs/cgroup', hierarchy, cgroup));
}

/** A sandbox may name its cgroups with any bytes: the path has a character for each (Latin-1). */
async function removeFolder(folder: string): Promise<void> {
  const path = Buffer.from(folder, 'latin1');
  const below = await readdir(path, { withFileTypes: true, encoding: 'latin1' }).catch(() => []);
  for (const entry of below) if (entry.isDirectory()) await removeFolder(`${folder}/${entry.name}`);
  await rmdir(path).catch(() => undefined);
}
