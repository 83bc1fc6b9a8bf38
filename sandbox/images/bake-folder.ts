import { copyFile, cp, mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { compileStatic } from '../host/native-programs.ts';
import { fetchDebianPackages } from './debian-package.ts';
import { ingredientsOf } from './ingredients.ts';
import { fetchNpmPackages } from './npm-package.ts';
import { fetchNpmTrees } from './npm-tree.ts';
import { readPackageList } from './package-list.ts';

/**
 * Lays out in `target` what a lab's `bake.sh` finds in /bake: its image folder with packages fetched and C programs compiled, and the same for each
 * of its ingredients in `ingredients/<name>`.
 */
export async function fillBakeFolder(imageFolder: string, target: string): Promise<void> {
  await layOut(imageFolder, target);
  for (const { name, folder, make } of await ingredientsOf(imageFolder)) {
    const place = join(target, 'ingredients', name);
    await layOut(folder, place);
    await make?.(place);
  }
}

async function layOut(source: string, target: string): Promise<void> {
  await cp(source, target, { recursive: true });
  const packages = await readPackageList(source);
  await fetchNpmPackages(packages.npm, target);
  await fetchNpmTrees(packages.npmTrees, source, target);
  await fetchDebianPackages(packages.debian, target);
  await compileNativePrograms(join(source, 'native'), join(target, 'native'));
}

/** Lays beside each C source the static program made of it. */
async function compileNativePrograms(sources: string, target: string): Promise<void> {
  for (const file of await readdir(sources).catch(() => [])) {
    if (!file.endsWith('.c')) continue;
    await mkdir(target, { recursive: true });
    await copyFile(await compileStatic(join(sources, file)), join(target, basename(file, '.c')));
  }
}
