import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { baseSystemFiles } from '#sandbox/images/base-image.ts';
import { fillBakeFolder } from '#sandbox/images/bake-folder.ts';
import { cacheDirectory } from '#sandbox/host/instance.ts';
import { run } from '#sandbox/host/run.ts';
import { loadLabs } from '#sandbox/keeper/lab-folders.ts';
import { project } from '../start/options.ts';

/** Made where they are used, or not of the project. */
const leftOut = ['.git', '.data', '.astro', 'dist', 'test-results', '*.log'];

/**
 * Writes the virtual machine's second disk: a tar archive of the project as it is now, with its dependencies, and of what the machine would otherwise
 * fetch over a network that it does not have. It needs no file system of its own: tar reads a disk as it reads a file.
 */
export async function writeProjectDisk(file: string, onLine: (line: string) => void): Promise<void> {
  const cached = [...(await baseSystemFiles((step) => onLine(step.en))), ...(await labPackages()), join(cacheDirectory, 'native')];
  await run('tar', [
    '--create',
    `--file=${file}`,
    ...leftOut.map((name) => `--exclude=./${name}`),
    '--transform=s,^\\.,opt/schott,',
    `--directory=${project}`,
    '.',
    '--directory=/',
    ...cached.map((path) => relative('/', path)),
  ]);
}

/** The packages that labs bake in, fetched into the cache. */
async function labPackages(): Promise<string[]> {
  for (const { folder: lab } of (await loadLabs()).values()) {
    const folder = await mkdtemp(join(cacheDirectory, 'lab-packages-'));
    try {
      await fillBakeFolder(join(lab, 'image'), folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  const names = await readdir(cacheDirectory);
  return ['npm', 'debian'].filter((name) => names.includes(name)).map((name) => join(cacheDirectory, name));
}
