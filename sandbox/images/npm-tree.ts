import { access, cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDirectory } from '../host/instance.ts';
import { run } from '../host/run.ts';
import { contentHash } from './content-hash.ts';
import type { NpmTree } from './package-list.ts';

/** Fetches what the lock files in `source` name, checked against the hashes there, and lays each tree into `target/npm/<as>/node_modules`. */
export async function fetchNpmTrees(trees: readonly NpmTree[], source: string, target: string): Promise<void> {
  for (const { lock, as } of trees) {
    const folder = await fetchTree(join(source, lock));
    await cp(folder, join(target, 'npm', as), { recursive: true });
  }
}

/** Gives the folder in the cache that holds the `node_modules`. */
async function fetchTree(lockFolder: string): Promise<string> {
  const shelf = join(cacheDirectory, 'npm');
  const target = join(shelf, `tree-${await contentHash([join(lockFolder, 'package.json'), join(lockFolder, 'package-lock.json')])}`);
  if (
    await access(target).then(
      () => true,
      () => false,
    )
  )
    return target;
  await mkdir(shelf, { recursive: true });
  const work = await mkdtemp(join(shelf, 'fetch-'));
  try {
    for (const name of ['package.json', 'package-lock.json']) await cp(join(lockFolder, name), join(work, name));
    await run('npm', ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--no-bin-links'], { cwd: work });
    await mkdir(join(work, 'tree'));
    await rename(join(work, 'node_modules'), join(work, 'tree/node_modules'));
    await rename(join(work, 'tree'), target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return target;
}
