import { readFile } from 'node:fs/promises';
import type { Instance } from './instance.ts';
import { run } from './run.ts';

/**
 * Makes the pool's disk quotas hold again where they have stopped to. When a sandbox's disk is removed, btrfs may mark its counts as inconsistent
 * and count no more, and then no quota binds anybody until somebody asks for a new count. It does so some time after the removal: look often.
 */
export async function keepQuotasHolding(instance: Instance): Promise<void> {
  if (await countsStill(instance)) return;
  await run('btrfs', ['quota', 'rescan', '-w', instance.poolDirectory]);
}

async function countsStill(instance: Instance): Promise<boolean> {
  const isInconsistent = await readFile(`${await quotaFolder(instance)}/inconsistent`, 'utf8').catch(() => '0');
  return isInconsistent.trim() === '0';
}

/** Where the kernel shows the pool's quota groups, one folder each: `0_257` is that of subvolume 257. */
export async function quotaFolder(instance: Instance): Promise<string> {
  const description = await run('btrfs', ['filesystem', 'show', '--mounted', instance.poolDirectory]);
  return `/sys/fs/btrfs/${/uuid: ([0-9a-f-]+)/.exec(description)?.[1]}/qgroups`;
}
