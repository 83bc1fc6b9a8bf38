import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../host/run.ts';
import { fetchDebianPackages } from './debian-package.ts';
import type { DebianPackage } from './package-list.ts';

test('a package comes with what the base system lacks, and not with what it has', async () => {
  expect(await namesOf([{ name: 'apache2-bin', as: 'web' }], 'debs/web')).toEqual(expect.arrayContaining(['apache2-bin', 'libapr1t64']));
  expect(await namesOf([{ name: 'apache2-bin', as: 'web' }], 'debs/web')).not.toContain('libc6');
  expect(await namesOf([{ name: 'apache2-bin', alone: true }], 'debs')).toEqual(['apache2-bin']);
});

test('a suite decides the version', async () => {
  const versions = await Promise.all(
    ['trixie', 'forky'].map(async (suite) => {
      const [first] = await fetched([{ name: 'runc', suite, alone: true }], 'debs', '--showformat=${Version}');
      return first;
    }),
  );
  expect(versions[0]).toMatch(/^1\.1\./);
  expect(versions[1]).not.toBe(versions[0]);
});

test('a package that does not exist says so', async () => {
  await expect(namesOf([{ name: 'no-such-package' }], 'debs')).rejects.toThrow('no-such-package');
});

function namesOf(packages: DebianPackage[], folder: string): Promise<string[]> {
  return fetched(packages, folder, '--showformat=${Package}');
}

/** One field of each .deb file below `folder`. */
async function fetched(packages: DebianPackage[], folder: string, format: string): Promise<string[]> {
  const target = await mkdtemp(join(tmpdir(), 'schott-debs-'));
  try {
    await fetchDebianPackages(packages, target);
    const files = (await readdir(join(target, folder))).map((name) => join(target, folder, name));
    return await Promise.all(files.map((file) => run('dpkg-deb', ['--show', format, file])));
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}
