import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endEngine, ensureEngine } from '../host/engine-process.ts';
import type { Instance } from '../host/instance.ts';
import { reapEverything } from './reaper.ts';
import { connectPlace } from './sandbox-parts.ts';
import { isAlive, withLock } from '../host/lock.ts';
import { ensureNetworkNamespace, removeNetworkNamespace } from '../host/network-namespace.ts';
import { mountPool, unmountPool } from '../host/pool.ts';
import { ensureAccounts } from '../host/accounts.ts';

/**
 * Brings the engine up for this process and keeps it up until disposed. The last process to leave stops the engine, unmounts the pool and
 * removes the network namespace, so that a finished course or test leaves nothing behind. Leases of killed processes do not count.
 */
export async function leaseEngine(instance: Instance, onStep: (step: string) => void = () => undefined): Promise<AsyncDisposable> {
  const directory = join(instance.runDirectory, 'leases');
  const lease = join(directory, String(process.pid));
  await withLock(instance.runDirectory, 'engine', async () => {
    await mkdir(directory, { recursive: true });
    await mkdir(instance.dataDirectory, { recursive: true });
    await writeFile(lease, '');
    onStep('accounts and id range');
    await ensureAccounts();
    onStep(`pool ${instance.poolFile}`);
    await mountPool(instance);
    onStep(`network namespace ${instance.name}`);
    await ensureNetworkNamespace(instance);
    onStep('engine');
    await ensureEngine(instance);
  });
  return {
    async [Symbol.asyncDispose]() {
      await withLock(instance.runDirectory, 'engine', async () => {
        await rm(lease, { force: true });
        if (await isLeased(directory)) return;
        await reapEverything(connectPlace(instance, Buffer.alloc(0), 'nobody'));
        await endEngine(instance);
        await unmountPool(instance);
        await removeNetworkNamespace(instance);
      });
    },
  };
}

async function isLeased(directory: string): Promise<boolean> {
  for (const name of await readdir(directory)) {
    if (isAlive(Number(name))) return true;
    await rm(join(directory, name), { force: true });
  }
  return false;
}
