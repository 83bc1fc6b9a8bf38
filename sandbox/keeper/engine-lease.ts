import { chmod, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { answers, endEngine, ensureEngine } from '../host/engine-process.ts';
import { endLeftovers } from '../host/end-leftovers.ts';
import type { Instance } from '../host/instance.ts';
import { limitsHere } from '../engine/sandbox-limits.ts';
import { reapEverything } from './reaper.ts';
import { connectPlace } from './sandbox-parts.ts';
import { addLease, livingLeases, removeLease } from '../host/leases.ts';
import { withLock } from '../host/lock.ts';
import { ensureNetworkNamespace, removeNetworkNamespace } from '../host/network-namespace.ts';
import { mountPool, unmountPool } from '../host/pool.ts';
import { ensureAccounts } from '../host/accounts.ts';
import { removeCgroups } from '../host/cgroups.ts';
import { limitAllSandboxes, pidsForAllSandboxes } from '../host/common-cgroup.ts';
import { raiseKernelLimits } from '../host/kernel-limits.ts';
import { clearRunDirectory } from '../host/run-directory.ts';

/**
 * Brings the engine up for this process and keeps it up until disposed. The last process to leave stops the engine, unmounts the pool and
 * removes network namespace, cgroups and run directory, so that a finished course or test leaves nothing behind but its data. Leases of killed processes do not count.
 */
export async function leaseEngine(instance: Instance, onStep: (step: string) => void = () => undefined): Promise<AsyncDisposable> {
  const giveBack = async (): Promise<void> => {
    await removeLease(instance);
    if ((await livingLeases(instance)).length === 0) await takeDown(instance);
  };
  // The lock is not in the run directory: that one goes while the next process may be waiting for the lock.
  const alone = <T>(action: () => Promise<T>): Promise<T> => withLock(instance.dataDirectory, 'engine', action);
  await alone(async () => {
    await mkdir(instance.runDirectory, { recursive: true });
    // The server, which is not root, goes through it to the keeper's socket.
    await chmod(instance.runDirectory, 0o711);
    await addLease(instance);
    try {
      await bringUp(instance, onStep);
    } catch (error) {
      await giveBack().catch(() => undefined);
      throw error;
    }
  });
  return {
    [Symbol.asyncDispose]: () => alone(giveBack),
  };
}

async function bringUp(instance: Instance, onStep: (step: string) => void): Promise<void> {
  await ensureDataDirectory(instance);
  onStep('accounts and id range');
  await ensureAccounts();
  await raiseKernelLimits();
  await limitAllSandboxes(instance, { memoryBytes: limitsHere.allMemoryBytes, pids: await pidsForAllSandboxes() });
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
  await endLeftovers(instance);
  await unmountPool(instance);
  await removeNetworkNamespace(instance);
  await removeCgroups(instance);
  await clearRunDirectory(instance);
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
