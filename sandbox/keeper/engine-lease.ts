import { chmod, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { answers, endEngine, ensureEngine } from '../host/engine-process.ts';
import type { Instance } from '../host/instance.ts';
import { reapEverything } from './reaper.ts';
import { connectPlace } from './sandbox-parts.ts';
import { isAlive, withLock } from '../host/lock.ts';
import { ensureNetworkNamespace, removeNetworkNamespace } from '../host/network-namespace.ts';
import { mountPool, unmountPool } from '../host/pool.ts';
import { ensureAccounts } from '../host/accounts.ts';
import { raiseKernelLimits } from '../host/kernel-limits.ts';

/**
 * Brings the engine up for this process and keeps it up until disposed. The last process to leave stops the engine, unmounts the pool and
 * removes the network namespace, so that a finished course or test leaves nothing behind. Leases of killed processes do not count.
 */
export async function leaseEngine(instance: Instance, onStep: (step: string) => void = () => undefined): Promise<AsyncDisposable> {
  const directory = join(instance.runDirectory, 'leases');
  const lease = join(directory, String(process.pid));
  const giveBack = async (): Promise<void> => {
    await rm(lease, { force: true });
    if (!(await isLeased(directory))) await takeDown(instance);
  };
  await withLock(instance.runDirectory, 'engine', async () => {
    await mkdir(directory, { recursive: true });
    await writeFile(lease, '');
    try {
      await bringUp(instance, onStep);
    } catch (error) {
      await giveBack().catch(() => undefined);
      throw error;
    }
  });
  return {
    [Symbol.asyncDispose]: () => withLock(instance.runDirectory, 'engine', giveBack),
  };
}

async function bringUp(instance: Instance, onStep: (step: string) => void): Promise<void> {
  await ensureDataDirectory(instance);
  onStep('accounts and id range');
  await ensureAccounts();
  await raiseKernelLimits();
  onStep(`pool ${instance.poolFile}`);
  await mountPool(instance);
  onStep(`network namespace ${instance.name}`);
  await ensureNetworkNamespace(instance);
  onStep('engine');
  await ensureEngine(instance);
}

async function takeDown(instance: Instance): Promise<void> {
  if (await answers(instance)) await reapEverything(connectPlace(instance, Buffer.alloc(0), 'nobody'));
  await endEngine(instance);
  await unmountPool(instance);
  await removeNetworkNamespace(instance);
}

/** The sandboxes' root is an unprivileged user on the machine and must be able to reach its own files in the pool. */
async function ensureDataDirectory(instance: Instance): Promise<void> {
  await mkdir(instance.dataDirectory, { recursive: true });
  await chmod(instance.dataDirectory, 0o711);
  for (let directory = dirname(instance.dataDirectory); directory !== '/'; directory = dirname(directory)) {
    const { mode } = await stat(directory);
    if ((mode & 0o001) === 0)
      throw new Error(
        `Cannot keep sandboxes in ${instance.dataDirectory}: ${directory} lets nobody but its owner pass. Choose another --data, or run \`chmod o+x ${directory}\``,
      );
  }
}

async function isLeased(directory: string): Promise<boolean> {
  for (const name of await readdir(directory)) {
    if (isAlive(Number(name))) return true;
    await rm(join(directory, name), { force: true });
  }
  return false;
}
