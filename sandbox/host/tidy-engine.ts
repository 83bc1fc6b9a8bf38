import { access, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instance } from './instance.ts';
import { succeeds } from './run.ts';

/**
 * Removes what a dockerd that was killed while it made a container has left in its store: a folder without the container's configuration, and the disk of
 * a container that does not exist. dockerd complains about the former at each start and never finds the latter again. And it sets its jump to DOCKER-USER
 * anew each time, so that one killed in between has two. Before the engine is started.
 */
export async function tidyEngine(instance: Instance): Promise<void> {
  await removeJumps(instance);
  const engine = join(instance.poolDirectory, 'engine');
  // The folder of an engine with userns-remap is named after the first id of its range.
  for (const range of (await list(engine)).filter((name) => /^\d+\.\d+$/.test(name))) await tidyStore(join(engine, range));
}

/** The chain is empty, and dockerd jumps to it again with the next network it makes. */
async function removeJumps(instance: Instance): Promise<void> {
  const remove = [`--net=${instance.networkNamespace}`, 'iptables', '--wait', '--delete', 'FORWARD', '--jump', 'DOCKER-USER'];
  for (let removed = 0; removed < 20 && (await succeeds('nsenter', remove)); removed++);
}

async function tidyStore(store: string): Promise<void> {
  const mounts = join(store, 'image/btrfs/layerdb/mounts');
  for (const container of await list(mounts)) {
    if (await isKnown(store, container)) continue;
    for (const file of ['mount-id', 'init-id']) await removeDisk(store, await readFile(join(mounts, container, file), 'utf8').catch(() => ''));
    await rm(join(mounts, container), { recursive: true, force: true });
  }
  for (const container of await list(join(store, 'containers'))) {
    if (!(await isKnown(store, container))) await rm(join(store, 'containers', container), { recursive: true, force: true });
  }
}

/** What dockerd loads a container from. */
function isKnown(store: string, container: string): Promise<boolean> {
  return access(join(store, 'containers', container, 'config.v2.json')).then(
    () => true,
    () => false,
  );
}

async function removeDisk(store: string, name: string): Promise<void> {
  if (/^[0-9a-f]{64}(-init)?$/.test(name)) await succeeds('btrfs', ['subvolume', 'delete', join(store, 'btrfs/subvolumes', name)]);
}

function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
