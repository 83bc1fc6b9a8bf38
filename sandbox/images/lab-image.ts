import { access, copyFile, cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Text } from '#lab';
import { bake } from './bake.ts';
import { contentHash } from './content-hash.ts';
import { fetchNpmPackages } from './npm-package.ts';
import { hasImage } from '../engine/images.ts';
import type { Engine } from '../engine/connection.ts';
import { compileStatic } from '../host/native-programs.ts';
import type { OnProgress } from './base-image.ts';

const building: Text = { de: 'Images werden gebaut', en: 'building its images' };

/** Name of a lab's sandbox image on top of `baseImage`: equal content, equal name. */
async function labImageName(labId: string, labFolder: string, baseImage: string): Promise<string> {
  const hash = await contentHash([join(labFolder, 'image'), join(labFolder, 'start')], [baseImage]);
  return `schott/lab-${labId.replace('/', '-')}:${hash}`;
}

/** Bakes a lab's sandbox image unless there is one with the same content. Gives its name. */
export async function ensureLabImage(engine: Engine, labId: string, labFolder: string, baseImage: string, onProgress: OnProgress): Promise<string> {
  const name = await labImageName(labId, labFolder, baseImage);
  if (await hasImage(engine, name)) return name;
  const work = await mkdtemp(join(tmpdir(), 'schott-bake-'));
  try {
    onProgress({ de: 'Dateien werden zusammengestellt', en: 'gathering its files' }, 0.05);
    await cp(join(labFolder, 'image'), work, { recursive: true });
    await fetchNpmPackages(join(labFolder, 'image/packages.json'), work);
    await compileNativePrograms(join(labFolder, 'image/native'), join(work, 'native'));
    onProgress(building, 0.2);
    let lines = 0;
    const overlay = join(labFolder, 'start');
    await bake(engine, {
      from: baseImage,
      to: name,
      content: name.slice(name.lastIndexOf(':') + 1),
      lab: labId,
      folder: work,
      ...((await access(overlay).then(
        () => true,
        () => false,
      ))
        ? { overlay }
        : {}),
      onOutput: () => onProgress(building, Math.min(0.95, 0.2 + 0.005 * ++lines)),
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return name;
}

/** Replaces each C source by the static program made of it. */
async function compileNativePrograms(sources: string, target: string): Promise<void> {
  for (const file of await readdir(sources).catch(() => [])) {
    if (!file.endsWith('.c')) continue;
    await mkdir(target, { recursive: true });
    await copyFile(await compileStatic(join(sources, file)), join(target, basename(file, '.c')));
  }
}
