import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import tar from 'tar-stream';
import { expect, test } from 'vitest';
import type { FileFacts } from '#lab';
import { TooLarge, walkTar } from './archive.ts';

async function archive(entries: ReadonlyArray<Partial<tar.Header> & { name: string; content?: string }>): Promise<Buffer> {
  const pack = tar.pack();
  for (const { content, ...header } of entries) pack.entry(header, content ?? '');
  pack.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of pack) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function factsOf(bytes: Buffer, maxBytes = 1_000_000, compressed = false): Promise<FileFacts[]> {
  const all: FileFacts[] = [];
  await walkTar(Readable.from([bytes]), async (facts) => void all.push(facts), maxBytes, compressed);
  return all;
}

const entries: ReadonlyArray<Partial<tar.Header> & { name: string; content?: string }> = [
  { name: './', type: 'directory', mode: 0o755 },
  { name: './bin/su', mode: 0o104755, uid: 100_000, gid: 7, content: 'program' },
  { name: 'link', type: 'symlink', linkname: '/etc/shadow' },
  { name: 'twin', type: 'link', linkname: 'bin/su' },
  { name: 'null', type: 'character-device' },
];

test('entries are told with their kind, mode with special bits, owner and target', async () => {
  expect(await factsOf(await archive(entries))).toMatchObject([
    { kind: 'directory', mode: 0o755 },
    { path: 'bin/su', kind: 'file', mode: 0o4755, uid: 100_000, gid: 7, size: 7 },
    { path: 'link', kind: 'link', linkTarget: '/etc/shadow' },
    { path: 'twin', kind: 'file' },
    { path: 'null', kind: 'other' },
  ]);
});

test('a compressed archive is read, too', async () => {
  expect(await factsOf(gzipSync(await archive(entries)), 1_000_000, true)).toHaveLength(5);
});

test('content is read only when asked for, and reading stops when the visitor has seen enough', async () => {
  const seen: string[] = [];
  await walkTar(
    Readable.from([await archive(entries)]),
    async (facts, content) => {
      seen.push(facts.path);
      if (facts.path !== 'bin/su') return;
      seen.push(Buffer.from(await content()).toString());
      return false;
    },
    1_000_000,
  );
  expect(seen.slice(1)).toEqual(['bin/su', 'program']);
});

test('an archive that is larger than wanted is not read to its end, and neither is a small one that unpacks to a large one', async () => {
  const large = await archive([{ name: 'large', content: '\0'.repeat(3_000_000) }]);
  await expect(factsOf(large)).rejects.toThrow(TooLarge);
  await expect(factsOf(gzipSync(large), 1_000_000, true)).rejects.toThrow(TooLarge);
});

test('an archive that is cut off is an error', async () => {
  await expect(factsOf((await archive(entries)).subarray(0, 1100))).rejects.toThrow('Unexpected end of data');
});
