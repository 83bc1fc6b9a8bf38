import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createHash } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import tar from 'tar-stream';
import { expect, test } from 'vitest';
import { walkLayers } from './walk-layers.ts';

const calm = new AbortController().signal;

async function archive(entries: Readonly<Record<string, string | Uint8Array>>): Promise<Buffer> {
  const pack = tar.pack();
  for (const [name, content] of Object.entries(entries)) pack.entry({ name }, Buffer.from(content));
  pack.finalize();
  return buffer(pack.pipe(new PassThrough()));
}

const digestOf = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const blob = (digest: string): string => `blobs/${digest.replace(':', '/')}`;

/** `layer path content` of each file, sorted, and how often the archive was asked for. */
async function walk(saved: Uint8Array, layers: readonly string[]): Promise<{ seen: string[]; saves: number }> {
  const seen: string[] = [];
  let saves = 0;
  const save = (): Promise<Readable> => {
    saves++;
    // In small pieces, as from a socket.
    const pieces = Array.from({ length: Math.ceil(saved.length / 700) }, (_, at) => saved.subarray(at * 700, (at + 1) * 700));
    return Promise.resolve(Readable.from(pieces));
  };
  await walkLayers(save, layers, calm, async (file) => {
    seen.push(`${file.layer} ${file.path} ${Buffer.from(await file.read()).toString()}`);
  });
  return { seen: seen.toSorted(), saves };
}

test('layers are told from descriptions by their digest, deleted files are seen, and names lead nowhere', async () => {
  const low = await archive({ 'etc/token': 's3cret', '../../outside': 'x' });
  const high = await archive({ 'etc/.wh.token': '', './app': 'y'.repeat(2000) });
  const digests = [digestOf(low), digestOf(high)];
  const manifest = JSON.stringify([{ Layers: digests.map(blob) }]);
  const saved = await archive({ [blob(digests[1] ?? '')]: high, [blob(digests[0] ?? '')]: low, 'blobs/sha256/c0': '{"history":1}', 'manifest.json': manifest });
  const { seen, saves } = await walk(saved, digests);
  expect(saves).toBe(1);
  expect(seen).toEqual(
    [
      '0 /../../outside x',
      '0 /etc/token s3cret',
      '1 /etc/.wh.token ',
      `1 /app ${'y'.repeat(2000)}`,
      'config /blobs/sha256/c0 {"history":1}',
      `config /manifest.json ${manifest}`,
    ].toSorted(),
  );
});

test('compressed layers, whose names only the manifest explains, are found in a second pass', async () => {
  const layers = await Promise.all(['one', 'two'].map((content) => archive({ file: content })));
  const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = layers;
  const saved = await archive({ 'a.gz': gzipSync(first), 'b.zst': zstdCompressSync(second), 'manifest.json': JSON.stringify([{ Layers: ['a.gz', 'b.zst'] }]) });
  const { seen, saves } = await walk(saved, layers.map(digestOf));
  expect(saves).toBe(2);
  expect(seen).toEqual(['0 /file one', '1 /file two', expect.stringMatching(/^config \/manifest\.json/)]);
});

test('an image with a layer missing, or one that unpacks to too many files, proves nothing', async () => {
  const saved = await archive({ 'manifest.json': JSON.stringify([{ Layers: [] }]) });
  await expect(walk(saved, ['sha256:00'])).rejects.toMatchObject({ messageId: 'control-failed' });
  await expect(walk(await archive({ 'manifest.json': '[null]' }), ['sha256:00'])).rejects.toMatchObject({ messageId: 'control-failed' });
  const many = Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`blobs/sha256/${at}`, '{}']));
  await expect(walk(await archive(many), ['sha256:00'])).rejects.toMatchObject({ messageId: 'too-much' });
});

test('what goes wrong while a file is looked at ends the walk', async () => {
  const layer = await archive({ file: 'x', other: 'y' });
  const saved = await archive({ [blob(digestOf(layer))]: layer, 'manifest.json': '[]' });
  const failing = walkLayers(
    () => Promise.resolve(Readable.from([saved])),
    [digestOf(layer)],
    calm,
    () => Promise.reject(new Error('seen enough')),
  );
  await expect(failing).rejects.toThrow('seen enough');
});
