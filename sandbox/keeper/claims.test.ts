import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openClaims } from './claims.ts';

async function temporaryFile(): Promise<{ path: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'schott-claims-'));
  return { path: join(folder, 'keeper/claims.json'), [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

const claim = { lab: 'kernel/empty', expiresAt: new Date('2030-01-01T12:00:00.000Z'), isReady: true };

test('a claim outlives the process that made it', async () => {
  await using file = await temporaryFile();
  await (await openClaims(file.path)).set('aaaa', claim);
  const again = await openClaims(file.path);
  expect(again.of('aaaa')).toEqual(claim);
  expect(again.of('bbbb')).toBeUndefined();
  await again.delete('aaaa');
  expect((await openClaims(file.path)).of('aaaa')).toBeUndefined();
});

test('claims made at the same time are all kept', async () => {
  await using file = await temporaryFile();
  const claims = await openClaims(file.path);
  const ids = Array.from({ length: 50 }, (_, index) => `id${index}`);
  await Promise.all(ids.map((id) => claims.set(id, claim)));
  expect(Object.keys(JSON.parse(await readFile(file.path, 'utf8')) as object)).toEqual(ids);
});

test('nobody else may read them', async () => {
  await using file = await temporaryFile();
  await (await openClaims(file.path)).set('aaaa', claim);
  expect((await stat(file.path)).mode & 0o777).toBe(0o600);
});

test.each(['', '{"aaaa": ', '[]', '{"aaaa": "soon"}'])('a file that says %j counts as no claims', async (content) => {
  vi.spyOn(console, 'error').mockReturnValue(undefined);
  await using file = await temporaryFile();
  await (await openClaims(file.path)).set('aaaa', claim);
  await writeFile(file.path, content);
  expect((await openClaims(file.path)).of('aaaa')).toBeUndefined();
});
