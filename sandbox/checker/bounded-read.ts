import type { Dirent } from 'node:fs';
import { open, opendir } from 'node:fs/promises';
import { Inconclusive } from '#lab';

/**
 * Reads a file of the machine's /proc or /sys/fs/cgroup whose length a sandbox decides (a mount table grows with each mount): at most `maxBytes`.
 * Throws what `open` and `read` throw, and Inconclusive (`too-much`) when there is more.
 */
export async function readBounded(path: string, maxBytes: number): Promise<string> {
  const { text, isWhole } = await readStart(path, maxBytes);
  if (!isWhole) throw tooMuch(`${path} is longer than ${maxBytes / 1024} KiB`);
  return text;
}

/** The first `maxBytes` of such a file. */
export async function readStart(path: string, maxBytes: number): Promise<{ text: string; isWhole: boolean }> {
  await using file = await open(path, 'r');
  const chunks: Buffer[] = [];
  let length = 0;
  while (length <= maxBytes) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, null);
    if (bytesRead === 0) break;
    chunks.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
  }
  return { text: Buffer.concat(chunks).subarray(0, maxBytes).toString(), isWhole: length <= maxBytes };
}

/**
 * What is in a directory of /proc or /sys/fs/cgroup, at most `most`. Throws what `opendir` throws, and Inconclusive (`too-much`) when there are more.
 * A name may hold any byte: `path` and the names have a character for each (Latin-1), see `pathOf`.
 */
export async function listBounded(path: string, most: number): Promise<Dirent[]> {
  const entries: Dirent[] = [];
  for await (const entry of await opendir(pathOf(path), { bufferSize: 256, encoding: 'latin1' as BufferEncoding })) {
    if (entries.length === most) throw tooMuch(`${path} has more than ${most} entries`);
    entries.push(entry);
  }
  return entries;
}

/** The path with these bytes. As UTF-8, which not every name is, it would be another. */
export function pathOf(latin1: string): Buffer {
  return Buffer.from(latin1, 'latin1');
}

/** A sandbox holds more than the checker is willing to look at: then it knows nothing, and says so. */
export function tooMuch(what: string): Inconclusive {
  return new Inconclusive('too-much', [what]);
}

/** Does `action` for each item, `width` at a time, in order. `signal` ends it early, with the signal's reason. */
export async function inTurns<T, R>(items: readonly T[], width: number, signal: AbortSignal, action: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += width) {
    signal.throwIfAborted();
    results.push(...(await Promise.all(items.slice(at, at + width).map(action))));
  }
  return results;
}

const chunkBytes = 64 * 1024;
