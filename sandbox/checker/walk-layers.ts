import { Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { Inconclusive } from '#lab';
import type { FileFacts, LayerFile } from '#lab';
import { TooLarge, walkTar, type TarEntry } from '../engine/archive.ts';
import { tooMuch } from './bounded-read.ts';

const maxArchiveBytes = 4 * 1024 ** 3;
/** Of all layers together, decompressed. */
const maxLayerBytes = 4 * 1024 ** 3;
const maxFiles = 300_000;
const maxReadBytes = 64 * 1024 ** 2;
/** What describes an image is JSON; larger than this is none. */
const maxDescriptionBytes = 4 * 1024 ** 2;
const maxDescriptions = 200;

const gzipMagic = Buffer.from([0x1f, 0x8b]);
const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/**
 * Goes through an image as `docker save` gives it: an archive (OCI image layout, or Docker's older one) of layers, which are archives themselves, and of JSON that
 * describes them. `save` starts such an archive; it is asked a second time when the layers have names that only the archive's end explains.
 * `layers` are the digests of the layers' archives, lowest first. Names in the archives are told as they are and lead nowhere: nothing is unpacked.
 * Throws Inconclusive: `too-much`, or `control-failed` when a layer is missing.
 */
export async function walkLayers(
  save: () => Promise<Readable>,
  layers: readonly string[],
  signal: AbortSignal,
  visit: (file: LayerFile) => Promise<void>,
): Promise<void> {
  const budget = { bytes: maxLayerBytes, files: maxFiles };
  const visited = new Set<number>();
  const descriptions = new Map<string, { facts: FileFacts; content: Uint8Array }>();

  const visitLayer = async (entry: TarEntry, layer: number): Promise<void> => {
    if (visited.has(layer)) return;
    visited.add(layer);
    const source = new Chunks(entry);
    const packed = await source.readable();
    const see = async (facts: FileFacts, content: () => Promise<Uint8Array>): Promise<void> => {
      signal.throwIfAborted();
      if (budget.files-- <= 0) throw tooMuch(`the image holds more than ${maxFiles} files`);
      await visit({ ...facts, path: `/${facts.path}`, layer, read: () => bounded(facts, content) });
    };
    budget.bytes -= await walkTar(packed, see, budget.bytes);
    await source.drain();
  };

  const pass = async (names: ReadonlyMap<string, number>, isFirst: boolean): Promise<void> => {
    const see = async (facts: FileFacts, content: () => Promise<Uint8Array>, entry: TarEntry): Promise<void> => {
      signal.throwIfAborted();
      const layer = names.get(facts.path);
      if (layer !== undefined && facts.kind === 'file') await visitLayer(entry, layer);
      else if (isFirst && facts.kind === 'file' && facts.size <= maxDescriptionBytes) {
        if (descriptions.size === maxDescriptions) throw tooMuch('the image has too many descriptions');
        descriptions.set(facts.path, { facts, content: await content() });
      }
    };
    await walkTar(await save(), see, maxArchiveBytes);
  };

  try {
    const byDigest = new Map(layers.map((digest, index) => [`blobs/${digest.replace(':', '/')}`, index] as const).toReversed());
    await pass(byDigest, true);
    const listed = layerNames(descriptions.get('manifest.json')?.content);
    const byName = new Map(listed.map((name, index) => [name, index] as const).toReversed());
    const isMissing = layers.some((digest, index) => !visited.has(layers.indexOf(digest)) && !visited.has(index));
    if (isMissing) await pass(byName, false);
    const missing = layers.find((digest, index) => !visited.has(layers.indexOf(digest)) && !visited.has(index));
    if (missing !== undefined) throw new Inconclusive('control-failed', [`docker save leaves out the layer ${missing}`]);
    for (const [path, { facts, content }] of descriptions)
      if (!byName.has(path)) await visit({ ...facts, path: `/${path}`, layer: 'config', read: () => Promise.resolve(content) });
  } catch (error) {
    if (error instanceof TooLarge) throw tooMuch(`the image is larger than ${maxLayerBytes / 1024 ** 3} GiB`);
    throw error;
  }
}

async function bounded(facts: FileFacts, content: () => Promise<Uint8Array>): Promise<Uint8Array> {
  if (facts.size > maxReadBytes) throw tooMuch(`${facts.path} in the image is larger than ${maxReadBytes / 1024 ** 2} MiB`);
  return content();
}

/** Names of the layers in an archive, from its `manifest.json`. */
function layerNames(manifest: Uint8Array | undefined): string[] {
  try {
    const [first] = JSON.parse(Buffer.from(manifest ?? []).toString()) as Array<{ Layers?: unknown }>;
    return Array.isArray(first?.Layers) ? first.Layers.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}

/** The content of an entry, decompressed if need be. Ending it early does not end the archive around it, as ending the entry itself would. */
class Chunks {
  readonly #iterator: AsyncIterator<Uint8Array>;

  constructor(entry: TarEntry) {
    this.#iterator = (entry as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  }

  async readable(): Promise<Readable> {
    const start: Uint8Array[] = [];
    for (let length = 0; length < 4;) {
      const { done, value } = await this.#iterator.next();
      if (done === true) break;
      start.push(value);
      length += value.length;
    }
    const head = Buffer.concat(start);
    const plain = Readable.from(this.#from(head));
    const decompress = head.subarray(0, 2).equals(gzipMagic) ? createGunzip() : head.subarray(0, 4).equals(zstdMagic) ? createZstdDecompress() : undefined;
    if (decompress === undefined) return plain;
    plain.on('error', (error) => decompress.destroy(error));
    return plain.pipe(decompress);
  }

  async drain(): Promise<void> {
    while ((await this.#iterator.next()).done !== true);
  }

  async *#from(head: Uint8Array): AsyncGenerator<Uint8Array> {
    if (head.length > 0) yield head;
    for (let next = await this.#iterator.next(); next.done !== true; next = await this.#iterator.next()) yield next.value;
  }
}
