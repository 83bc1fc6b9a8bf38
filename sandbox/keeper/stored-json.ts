import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';

export interface StoredJson<Content> {
  /** As it was read. To change it, change it in place and save it. */
  readonly content: Content;
  /** Resolves when what `content` holds now is on the disk. */
  save(): Promise<void>;
}

/**
 * Opens a small file of the keeper that nobody else may read. One that is not there, or that cannot be read, counts as `empty`: it must not keep
 * the keeper from starting. It is replaced whole, so a killed keeper leaves the old one or the new one.
 */
export async function openStoredJson<Content>(file: string, schema: z.ZodType<Content>, empty: Content): Promise<StoredJson<Content>> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const content = await read(file, schema, empty);
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const write = async (): Promise<void> => {
    next = undefined;
    await writeFile(`${file}.new`, JSON.stringify(content), { mode: 0o600, flush: true });
    await rename(`${file}.new`, file);
  };
  return {
    content,
    save() {
      // Whoever saves while another write has not begun shares it.
      next ??= last = last.then(write, write);
      return next;
    },
  };
}

async function read<Content>(file: string, schema: z.ZodType<Content>, empty: Content): Promise<Content> {
  const stored = await readFile(file, 'utf8').catch(() => undefined);
  if (stored === undefined) return empty;
  try {
    return schema.parse(JSON.parse(stored));
  } catch (error) {
    console.error(`Cannot read ${file}; going on without it:`, error);
    return empty;
  }
}
