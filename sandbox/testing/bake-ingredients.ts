import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureLabImage } from '../images/lab-image.ts';
import type { TestBench } from './test-bench.ts';

/** The image of a lab that is nothing but its ingredients. Gives its name; baked once and then reused by content. */
export async function bakeIngredients(bench: TestBench, ingredients: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'schott-ingredients-'));
  try {
    await mkdir(join(folder, 'image'));
    await writeFile(join(folder, 'image/packages.json'), JSON.stringify({ ingredients }));
    const installs = ingredients.map((name) => `/bake/ingredients/${name}/install.sh\n`);
    await writeFile(join(folder, 'image/bake.sh'), `set -e\n${installs.join('')}`);
    return await ensureLabImage(bench.place.engine, 'kernel/ingredients', folder, bench.image, () => undefined);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
