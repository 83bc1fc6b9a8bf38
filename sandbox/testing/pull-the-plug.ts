import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { censusWithoutEngine } from '../census/take-census.ts';
import { listProcesses } from '../census/list-processes.ts';
import { removeCgroups } from '../host/cgroups.ts';
import { containerdPid } from '../host/containerd-process.ts';
import { enginePid } from '../host/engine-process.ts';
import type { Instance } from '../host/instance.ts';
import { removeNetworkNamespace } from '../host/network-namespace.ts';
import { unmountPool } from '../host/pool.ts';
import { run } from '../host/run.ts';

/**
 * Leaves an instance as a power cut and the next boot do: nothing of it but its data. `stale`: as where /run survives, with the files of processes whose
 * numbers others have by now. The caller ends its own processes first.
 */
export async function pullThePlug(instance: Instance, runDirectory: 'empty' | 'stale'): Promise<void> {
  for (const find of [enginePid, containerdPid]) kill(await find(instance));
  // Shims first, then what they would report: a container that ends while its shim lives is tidied up.
  for (let round = 0; round < 100; round++) {
    const { processes } = await listProcesses(instance);
    if (processes.length === 0) break;
    for (const line of processes.toSorted((a, b) => Number(b.includes('shim')) - Number(a.includes('shim')))) kill(Number.parseInt(line, 10));
    await sleep(100);
  }
  const { mounts = [] } = await censusWithoutEngine(instance);
  for (const target of mounts.toSorted((a, b) => b.length - a.length)) if (target.startsWith(instance.runDirectory)) await run('umount', ['-l', target]);
  await unmountPool(instance);
  await removeNetworkNamespace(instance);
  await removeCgroups(instance);
  const left = await censusWithoutEngine(instance);
  // Not the loop device: another course's server may hold a copy of the mount in its own namespace.
  for (const kind of ['mounts', 'networkNamespaces', 'cgroups']) {
    const names = left[kind] ?? [];
    if (names.length > 0) throw new Error(`Cannot pull the plug: ${kind} are left: ${names.join(' ')}`);
  }
  await rm(instance.runDirectory, { recursive: true, force: true });
  if (runDirectory === 'stale') await leaveStaleFiles(instance);
}

async function leaveStaleFiles(instance: Instance): Promise<void> {
  await mkdir(join(instance.runDirectory, 'leases'), { recursive: true });
  await mkdir(instance.relayDirectory, { recursive: true });
  // This very process lives, but it is none of these.
  for (const name of ['engine.pid', 'exec/containerd/containerd.pid']) {
    await mkdir(join(instance.runDirectory, name, '..'), { recursive: true });
    await writeFile(join(instance.runDirectory, name), String(process.pid));
  }
  await writeFile(join(instance.runDirectory, 'leases', String(process.ppid)), 'another boot 1');
  for (const socket of [instance.engineSocket, instance.keeperSocket, join(instance.relayDirectory, 'abcdefghijklmnop-dockerhost-1.sock')])
    await writeFile(socket, '');
  const names: string[] = await readdir('/run/netns').catch(() => []);
  if (!names.includes(instance.name)) await writeFile(instance.networkNamespace, '');
}

function kill(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}
