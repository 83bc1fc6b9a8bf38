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
  const description = await run('btrfs', ['filesystem', 'show', '--mounted', instance.poolDirectory]);
  const uuid = /uuid: ([0-9a-f-]+)/.exec(description)?.[1];
  const isInconsistent = await readFile(`/sys/fs/btrfs/${uuid}/qgroups/inconsistent`, 'utf8').catch(() => '0');
  return isInconsistent.trim() === '0';
}
