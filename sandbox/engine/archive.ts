import { createGunzip } from 'node:zlib';
import { PassThrough, type Readable } from 'node:stream';
import type { Container } from 'dockerode';
import tar from 'tar-stream';
import type { FileFacts } from '#lab';
import { statusOf } from './connection.ts';

/** Thrown when a directory or file is larger than the checker is willing to read. */
export class TooLarge extends Error {
  constructor(path: string) {
    super(`Cannot read ${path}: it is too large`);
    this.name = 'TooLarge';
  }
}

/**
 * Reads a path of a container through the engine's archive API, which resolves it inside the container's root and nowhere else.
 * Gives undefined when there is no such path. `visit` gets each entry; return false to stop.
 */
export async function readArchive(
  container: Container,
  path: string,
  visit: (facts: FileFacts, content: () => Promise<Uint8Array>) => Promise<boolean | void>,
  maxBytes = 64 * 1024 * 1024,
): Promise<boolean> {
  let stream: NodeJS.ReadableStream;
  try {
    stream = await container.getArchive({ path });
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
  const parent = path.replace(/\/+$/, '').replace(/\/[^/]*$/, '');
  await walkTar(
    stream as Readable,
    async (facts, content) => visit({ ...facts, path: `${parent}/${facts.path}`.replace(/\/+$/, '') || '/' }, content),
    maxBytes,
  );
  return true;
}

/** What an entry holds, to be read once, while it is its turn. */
export type TarEntry = AsyncIterable<unknown>;

/** Goes through a tar stream entry by entry. Paths are as in the archive. Gives the number of bytes that were read. */
export async function walkTar(
  stream: Readable,
  visit: (facts: FileFacts, content: () => Promise<Uint8Array>, entry: TarEntry) => Promise<boolean | void>,
  maxBytes: number,
  compressed = false,
): Promise<number> {
  const extract = tar.extract();
  const source = compressed ? stream.pipe(createGunzip()) : stream;
  source.on('error', (error) => extract.destroy(error));
  let read = 0;
  source.on('data', (chunk: Buffer) => {
    read += chunk.length;
    if (read > maxBytes) extract.destroy(new TooLarge('archive'));
  });
  source.pipe(extract);
  try {
    for await (const entry of extract) {
      const { header } = entry;
      const facts: FileFacts = {
        path: header.name.replace(/^\.\//, '').replace(/\/$/, ''),
        kind: kindOf(header.type ?? 'file'),
        mode: (header.mode ?? 0) & 0o7777,
        uid: header.uid ?? 0,
        gid: header.gid ?? 0,
        size: header.size ?? 0,
        ...(header.linkname ? { linkTarget: header.linkname } : {}),
      };
      const goOn = await visit(facts, () => collect(entry), entry);
      if (goOn === false) break;
      entry.resume();
    }
    return read;
  } finally {
    stream.destroy();
    extract.destroy();
  }
}

/** Puts files into a container's directory. */
export async function putFiles(
  container: Container,
  directory: string,
  files: ReadonlyArray<{ name: string; content: string | Uint8Array; mode?: number; uid?: number; gid?: number }>,
): Promise<void> {
  const pack = tar.pack();
  for (const file of files) {
    pack.entry({ name: file.name, mode: file.mode ?? 0o644, uid: file.uid ?? 0, gid: file.gid ?? 0 }, Buffer.from(file.content));
  }
  pack.finalize();
  await container.putArchive(pack.pipe(new PassThrough()), { path: directory });
}

function kindOf(type: string): FileFacts['kind'] {
  if (type === 'file' || type === 'contiguous-file') return 'file';
  if (type === 'directory') return 'directory';
  if (type === 'symlink') return 'link';
  // A hard link's content is in the archive under its first name.
  return type === 'link' ? 'file' : 'other';
}

async function collect(entry: AsyncIterable<unknown>): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of entry) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}
