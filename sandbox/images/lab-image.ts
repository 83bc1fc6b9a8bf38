import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Text } from '#lab';
import { bake } from './bake.ts';
import { fillBakeFolder } from './bake-folder.ts';
import { contentHash } from './content-hash.ts';
import { ingredientsOf } from './ingredients.ts';
import { hasImage } from '../engine/images.ts';
import type { Engine } from '../engine/connection.ts';
import type { OnProgress } from './base-image.ts';

const building: Text = { de: 'Images werden gebaut', en: 'building its images' };

/** Name of a lab's sandbox image on top of `baseImage`: equal content, that of its ingredients included, equal name. */
async function labImageName(labId: string, labFolder: string, baseImage: string): Promise<string> {
  const ingredients = await ingredientsOf(join(labFolder, 'image'));
  const folders = [join(labFolder, 'image'), join(labFolder, 'start'), ...ingredients.flatMap(({ madeOf }) => madeOf)];
  const hash = await contentHash(folders, [baseImage, ...ingredients.map(({ name }) => name)]);
  return `schott/lab-${labId.replace('/', '-')}:${hash}`;
}

/** Bakes a lab's sandbox image unless there is one with the same content. Gives its name. */
export async function ensureLabImage(engine: Engine, labId: string, labFolder: string, baseImage: string, onProgress: OnProgress): Promise<string> {
  const name = await labImageName(labId, labFolder, baseImage);
  if (await hasImage(engine, name)) return name;
  const work = await mkdtemp(join(tmpdir(), 'schott-bake-'));
  try {
    onProgress({ de: 'Dateien werden zusammengestellt', en: 'gathering its files' }, 0.05);
    await fillBakeFolder(join(labFolder, 'image'), work);
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
