import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instance } from './instance.ts';
import { run } from './run.ts';

/** What a sandbox may write beyond its quota while the kernel does not count. */
const slackBytes = 64 * 1024 ** 2;

/**
 * Keeps the disk quotas of the pool true, and gives the ids of the containers that got around theirs.
 *
 * Two things undo a quota of btrfs. When a subvolume is removed (a sandbox, or one that a learner made), the kernel may stop counting until somebody
 * asks for a new count; and anybody may make a subvolume in a directory of their own, to which no quota applies.
 */
export async function enforceDiskQuotas(instance: Instance): Promise<string[]> {
  if (await hasStoppedCounting(instance)) await run('btrfs', ['quota', 'rescan', '-w', instance.poolDirectory]);
  const [subvolumes, groups] = await Promise.all([
    run('btrfs', ['subvolume', 'list', instance.poolDirectory]),
    run('btrfs', ['qgroup', 'show', '-r', '--raw', instance.poolDirectory]),
  ]);
  const disks = offendingDisks(subvolumes, groups);
  if (disks.size === 0) return [];
  const mounts = join(instance.poolDirectory, 'engine', await engineFolder(instance), 'image/btrfs/layerdb/mounts');
  const containers = await readdir(mounts);
  const used = await Promise.all(containers.map(async (id) => [id, await readFile(join(mounts, id, 'mount-id'), 'utf8').catch(() => '')] as const));
  return used.filter(([, disk]) => disks.has(disk)).map(([id]) => id);
}

/**
 * Names of the engine's subvolumes that hold a subvolume of their own, or more than their quota; from the output of `btrfs subvolume list`
 * and `btrfs qgroup show -r --raw`.
 */
export function offendingDisks(subvolumeList: string, groupList: string): Set<string> {
  const disks = new Set<string>();
  const nameOf = new Map<string, string>();
  for (const [, id = '', name = '', below] of subvolumeList.matchAll(/^ID (\d+) .* path engine\/[^/\n]+\/btrfs\/subvolumes\/([0-9a-f]+)(?:-init)?(\/.*)?$/gm)) {
    if (below === undefined) nameOf.set(id, name);
    else disks.add(name);
  }
  for (const [, id = '', used, limit] of groupList.matchAll(/^0\/(\d+)\s+(\d+)\s+\d+\s+(\d+)\b/gm)) {
    const name = nameOf.get(id);
    if (name !== undefined && Number(used) > Number(limit) + slackBytes) disks.add(name);
  }
  return disks;
}

async function hasStoppedCounting(instance: Instance): Promise<boolean> {
  const output = await run('btrfs', ['filesystem', 'show', '--mounted', instance.poolDirectory]);
  const uuid = /uuid: ([0-9a-f-]+)/.exec(output)?.[1];
  return (await readFile(`/sys/fs/btrfs/${uuid}/qgroups/inconsistent`, 'utf8').catch(() => '0')).trim() === '1';
}

/** With userns-remap the engine keeps its data in a folder named after the first ids. */
async function engineFolder(instance: Instance): Promise<string> {
  return (await readdir(join(instance.poolDirectory, 'engine'))).find((name) => /^\d+\.\d+$/.test(name)) ?? '';
}
