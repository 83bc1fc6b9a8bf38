import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCatalog } from './catalog.ts';

test('labs are found by their folder, in the order of their labels; a broken one is reported and left out', async () => {
  using directory = mkdtempDisposableSync(join(tmpdir(), 'schott-labs-'));
  const write = (path: string, content: string) => {
    mkdirSync(join(directory.path, path, '..'), { recursive: true });
    writeFileSync(join(directory.path, path), content);
  };
  const lab = (label: string) => `export default { label: '${label}', title: { de: 'x', en: 'x' } };`;
  write('package.json', '{ "type": "module" }');
  write('kernel/ten/lab.ts', lab('L1.10'));
  write('kernel/two/lab.ts', lab('L1.2'));
  write('kernel/two/solution.sh', 'echo two');
  write('patches/last/lab.ts', lab('CAP'));
  write('patches/broken/lab.ts', 'throw new Error("broken")');
  write('patches/empty/lab.ts', 'export const nothing = 1;');
  write('patches/NotAnId/lab.ts', lab('L4.1'));
  write('patches/only-notes/notes.md', '');
  const broken: string[] = [];
  const catalog = await loadCatalog((id) => broken.push(id), directory.path);
  expect([...catalog.labs.keys()]).toEqual(['kernel/two', 'kernel/ten', 'patches/last']);
  expect(broken.toSorted()).toEqual(['patches/broken', 'patches/empty']);
  expect(await catalog.solution('kernel/two')).toBe('echo two');
  expect(await catalog.solution('kernel/ten')).toBeUndefined();
  expect(await catalog.solution('../../etc')).toBeUndefined();
});
