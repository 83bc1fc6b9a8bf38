import { chmod, mkdir, open, readFile, rm, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Instance } from './instance.ts';
import { run, succeeds } from './run.ts';

const gibibyte = 1024 ** 3;
const wantedBytes = 60 * gibibyte;
const leastBytes = 8 * gibibyte;

/** Makes the pool if it is not there and mounts it if it is not mounted. */
export async function mountPool(instance: Instance): Promise<void> {
  if (await isMounted(instance.poolDirectory)) return;
  await mkdir(instance.poolDirectory, { recursive: true });
  await chmod(instance.poolDirectory, 0o711);
  if (!(await isFormatted(instance))) await format(instance);
  // Neither nodev nor nosuid: a user namespace may not take such flags off, and a nested engine's own mounts of its disk would be refused.
  await run('mount', ['-o', 'loop,noatime,compress=zstd:1', instance.poolFile, instance.poolDirectory]);
  // Quotas must be on before the first container: later ones would not count what is there already. Each time: a dockerd that ends switches them off.
  await run('btrfs', ['quota', 'enable', instance.poolDirectory]);
}

/** Unmounts the pool; its content stays. */
export async function unmountPool(instance: Instance): Promise<void> {
  for (const target of await mountsBelow(instance.poolDirectory)) await succeeds('umount', ['-l', target]);
}

/** Unmounts and deletes the pool. */
export async function removePool(instance: Instance): Promise<void> {
  await unmountPool(instance);
  await rm(instance.poolFile, { force: true });
  await rm(instance.poolDirectory, { recursive: true, force: true });
}

/** Mount points at or below `directory`, deepest first. */
export async function mountsBelow(directory: string): Promise<string[]> {
  const lines = (await readFile('/proc/self/mountinfo', 'utf8')).trimEnd().split('\n');
  const targets = lines.map((line) => line.split(' ')[4] ?? '').filter((target) => target === directory || target.startsWith(`${directory}/`));
  return targets.toSorted((a, b) => b.length - a.length);
}

async function isMounted(target: string): Promise<boolean> {
  return (await mountsBelow(target)).includes(target);
}

/** A pool whose making was interrupted has no file system yet and is made anew. */
async function isFormatted(instance: Instance): Promise<boolean> {
  if (!(await stat(instance.poolFile).catch(() => undefined))) return false;
  return succeeds('btrfs', ['inspect-internal', 'dump-super', instance.poolFile]);
}

async function format(instance: Instance): Promise<void> {
  const directory = dirname(instance.poolFile);
  const { bavail, bsize } = await statfs(directory);
  const freeBytes = bavail * bsize;
  if (freeBytes < leastBytes) {
    throw new Error(`Cannot create the pool in ${directory}: ${(freeBytes / gibibyte).toFixed(1)} GiB free, ${leastBytes / gibibyte} GiB needed`);
  }
  await rm(instance.poolFile, { force: true });
  await using file = await open(instance.poolFile, 'w', 0o600);
  await file.truncate(Math.floor(Math.min(wantedBytes, freeBytes * 0.8) / gibibyte) * gibibyte);
  await run('mkfs.btrfs', ['-q', '-f', instance.poolFile]);
}
