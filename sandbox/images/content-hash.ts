import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

/**
 * Hash of files and folders (names, executable bits, contents) and of further texts: equal hash, equal image.
 * Missing paths count as empty.
 */
export async function contentHash(paths: readonly string[], texts: readonly string[] = []): Promise<string> {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`text ${text.length}\0${text}`);
  for (const path of paths) {
    for (const file of await filesBelow(path)) {
      const { mode } = await stat(file);
      const content = await readFile(file);
      hash.update(`file ${relative(path, file)} ${(mode & 0o111) === 0 ? '-' : 'x'} ${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/** Every file at or below `path`, sorted. */
async function filesBelow(path: string): Promise<string[]> {
  const facts = await stat(path).catch(() => undefined);
  if (facts === undefined) return [];
  if (facts.isFile()) return [path];
  const names = (await readdir(path)).toSorted();
  return (await Promise.all(names.map((name) => filesBelow(join(path, name))))).flat();
}
