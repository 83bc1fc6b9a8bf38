import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readScript, readScripts } from './scripts.ts';

async function labFolder(files: Readonly<Record<string, string>>): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'schott-lab-'));
  await mkdir(join(path, 'fails'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(path, name), content);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

test('the head of a script names every task that must fail, with its message', async () => {
  await using folder = await labFolder({
    'fails/two.sh': '#!/bin/bash\n# fails: user still-root\n# fails: service role-missing\n# It fails: because of this.\necho "# fails: no comment"\n',
  });
  expect((await readScript(folder.path, 'fails/two.sh')).expectations).toEqual([
    { task: 'user', message: 'still-root' },
    { task: 'service', message: 'role-missing' },
  ]);
});

test('the scripts of a folder come sorted, other files are left out, and a folder that is not there is empty', async () => {
  await using folder = await labFolder({ 'fails/b.sh': '', 'fails/a.sh': '', 'fails/notes.txt': '', 'fails/a.sh.orig': '' });
  expect((await readScripts(folder.path, 'fails')).map((script) => script.name)).toEqual(['fails/a.sh', 'fails/b.sh']);
  expect(await readScripts(folder.path, 'passes')).toEqual([]);
});

test('a script that is not there is an error that names it', async () => {
  await using folder = await labFolder({});
  await expect(readScript(folder.path, 'solution.sh')).rejects.toThrow('solution.sh');
});
