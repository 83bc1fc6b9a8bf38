import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Inconclusive } from '#lab';
import { inTurns, listBounded, readBounded, readStart } from './bounded-read.ts';

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'schott-bounded-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('a file up to the bound is read whole; one byte more is too much', async () => {
  await withFolder(async (folder) => {
    const file = join(folder, 'file');
    await writeFile(file, 'x'.repeat(100_000));
    expect(await readBounded(file, 100_000)).toHaveLength(100_000);
    await expect(readBounded(file, 99_999)).rejects.toThrow(Inconclusive);
    expect(await readStart(file, 10)).toEqual({ text: 'x'.repeat(10), isWhole: false });
    expect((await readStart(file, 100_000)).isWhole).toBe(true);
  });
});

test('a directory is listed up to the bound', async () => {
  await withFolder(async (folder) => {
    for (const name of ['a', 'b', 'c']) await writeFile(join(folder, name), '');
    expect((await listBounded(folder, 3)).map(({ name }) => name).toSorted()).toEqual(['a', 'b', 'c']);
    await expect(listBounded(folder, 2)).rejects.toThrow(Inconclusive);
    await expect(listBounded(join(folder, 'nowhere'), 2)).rejects.toThrow('ENOENT');
  });
});

test('no more than so many are done at once, in order, and none after the end', async () => {
  let running = 0;
  let most = 0;
  const ending = new AbortController();
  const double = async (item: number): Promise<number> => {
    most = Math.max(most, ++running);
    await Promise.resolve();
    running--;
    if (item === 5) ending.abort();
    return item * 2;
  };
  expect(await inTurns([1, 2, 3, 4], 2, ending.signal, double)).toEqual([2, 4, 6, 8]);
  expect(most).toBe(2);
  await expect(inTurns([5, 6, 7, 8], 2, ending.signal, double)).rejects.toThrow('aborted');
});
