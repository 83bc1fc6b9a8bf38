import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instance } from './instance.ts';
import { mountsBelow } from './pool.ts';
import { succeeds } from './run.ts';

/**
 * Removes what engine and keeper have left in the run directory, and the directory when nothing of others is in it. For an instance that nobody uses.
 * Network namespaces that a killed engine has left mounted there are unmounted first.
 */
export async function clearRunDirectory(instance: Instance): Promise<void> {
  for (const target of await mountsBelow(instance.runDirectory)) await succeeds('umount', ['-l', target]);
  const isOurs = (name: string): boolean => /^(engine|keeper)\.[a-z]+$|^exec(\.\d+\.\d+)?$|^(runtime|relay|leases)$/.test(name);
  const names = (await readdir(instance.runDirectory).catch(() => [])).filter(isOurs);
  for (const name of names) await rm(join(instance.runDirectory, name), { recursive: true, force: true });
  await rmdir(instance.runDirectory).catch(() => undefined);
}
