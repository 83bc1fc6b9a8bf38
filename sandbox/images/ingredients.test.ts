import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { contentHash } from './content-hash.ts';
import { ingredientsOf } from './ingredients.ts';

test('an ingredient brings along those it is made of, each once', async () => {
  await using shelf = await makeShelf({
    'lab/packages.json': '{"ingredients":["soup","salt"]}',
    'soup/packages.json': '{"ingredients":["salt","water"]}',
    'soup/install.sh': '',
    'salt/install.sh': '',
    'water/packages.json': '{"ingredients":["soup"]}',
    'water/install.sh': '',
  });
  const found = await ingredientsOf(join(shelf.folder, 'lab'), shelf.folder);
  expect(found.map(({ name }) => name)).toEqual(['salt', 'soup', 'water']);
});

test('a change anywhere in what an ingredient is made of gives another hash', async () => {
  await using shelf = await makeShelf({
    'lab/packages.json': '{"ingredients":["soup"]}',
    'soup/packages.json': '{"ingredients":["salt"]}',
    'soup/install.sh': '',
    'soup/make.ts': `export const madeOf = [${JSON.stringify(join(tmpdir(), 'nowhere'))}, new URL('../herbs', import.meta.url).pathname]; export async function make() {}`,
    'salt/install.sh': '',
    'salt/grain': 'fine',
    'herbs/parsley': 'fresh',
  });
  const hash = async (): Promise<string> => contentHash((await ingredientsOf(join(shelf.folder, 'lab'), shelf.folder)).flatMap(({ madeOf }) => madeOf));
  const before = await hash();
  expect(await hash()).toBe(before);
  for (const file of ['salt/grain', 'herbs/parsley', 'soup/install.sh']) {
    const copy = join(shelf.folder, 'copy');
    await cp(join(shelf.folder, file), copy);
    await writeFile(join(shelf.folder, file), 'changed');
    expect(await hash(), file).not.toBe(before);
    await cp(copy, join(shelf.folder, file));
  }
  expect(await hash()).toBe(before);
});

test('a folder that cannot be installed is no ingredient', async () => {
  await using shelf = await makeShelf({ 'lab/packages.json': '{"ingredients":["stone"]}', 'stone/README.md': '' });
  await expect(ingredientsOf(join(shelf.folder, 'lab'), shelf.folder)).rejects.toThrow('"stone"');
});

async function makeShelf(files: Readonly<Record<string, string>>): Promise<{ folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'schott-shelf-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
