import type { Engine } from '../engine/connection.ts';
import { cacheDirectory } from '../host/instance.ts';
import { withLock } from '../host/lock.ts';
import { ensureBaseImage, type OnProgress } from './base-image.ts';
import { ensureLabImage } from './lab-image.ts';

/** Makes sure that a lab's sandbox image is there, base included. One process at a time; the others then find it done. Gives the image's name. */
export async function prepareLabImage(engine: Engine, lab: { id: string; folder: string }, onProgress: OnProgress): Promise<string> {
  const base = await withLock(cacheDirectory, 'base-image', () => ensureBaseImage(engine, (step, fraction) => onProgress(step, fraction * 0.5)));
  return withLock(cacheDirectory, `bake-${lab.id}`, () =>
    ensureLabImage(engine, lab.id, lab.folder, base, (step, fraction) => onProgress(step, 0.5 + fraction * 0.5)),
  );
}
