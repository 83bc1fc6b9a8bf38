import { expect, test } from 'vitest';
import { boltFile, type Bucket } from './bolt-file.ts';

test('what is written is read back, nested buckets and long values included', () => {
  const buckets = {
    empty: {},
    deep: { deeper: { deepest: { key: 'value', 'other key': '' } } },
    umlaut: { Größe: 'größer', Z: 'last but one', ä: 'last' },
    long: { text: 'x'.repeat(10_000), next: 'y' },
    many: Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`key-${index}`, `${index}`])),
  };
  expect(readBolt(boltFile(buckets))).toEqual(buckets);
});

test('both meta pages hold, so that either may be believed', () => {
  const file = boltFile({ a: { b: 'c' } });
  for (const spoilt of [0, 1]) {
    const copy = file.slice();
    copy[spoilt * 4096 + 40] = 0xff;
    expect(readBolt(copy)).toEqual({ a: { b: 'c' } });
  }
  const both = file.slice();
  both[40] = 0xff;
  both[4096 + 40] = 0xff;
  expect(() => readBolt(both)).toThrow('no valid meta page');
});

test('an entry without a name and a bucket that cannot be counted are refused', () => {
  expect(() => boltFile({ '': 'nothing' })).toThrow('no name');
  expect(() => boltFile(Object.fromEntries(Array.from({ length: 0xffff }, (_, index) => [`${index}`, ''])))).toThrow('65535 entries');
});

/**
 * A reader that takes nothing from the writer: it follows the format as bbolt documents it and objects to whatever bbolt's own check objects to
 * (checksums, page numbers, page types, order of keys, pages that nobody or two reach, a file that is longer or shorter than it says).
 */
function readBolt(bytes: Uint8Array): Bucket {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const meta = [0, 1]
    .map((number) => readMeta(data.subarray(number * 4096, number * 4096 + 80), number))
    .filter((one) => one !== undefined)
    .toSorted((a, b) => Number(b.transaction - a.transaction))[0];
  if (meta === undefined) throw new Error('no valid meta page');
  if (data.length !== Number(meta.pages) * 4096) throw new Error('the file has another length than it says');
  const seen = new Set([0, 1]);
  claim(data, Number(meta.freelist), 0x10, seen);
  const root = readBucket(data, Number(meta.root), seen);
  for (let page = 0; page < Number(meta.pages); page++) if (!seen.has(page)) throw new Error(`page ${page} is lost`);
  return root;
}

function readMeta(page: Buffer, number: number): { root: bigint; freelist: bigint; pages: bigint; transaction: bigint } | undefined {
  let sum = 14_695_981_039_346_656_037n;
  for (const byte of page.subarray(16, 72)) sum = ((sum ^ BigInt(byte)) * 1_099_511_628_211n) % 2n ** 64n;
  if (sum !== page.readBigUInt64LE(72)) return undefined;
  if (page.readBigUInt64LE(0) !== BigInt(number) || page.readUInt16LE(8) !== 4) return undefined;
  if (page.readUInt32LE(16) !== 0xed_0c_da_ed || page.readUInt32LE(20) !== 2 || page.readUInt32LE(24) !== 4096) return undefined;
  return {
    root: page.readBigUInt64LE(32),
    freelist: page.readBigUInt64LE(48),
    pages: page.readBigUInt64LE(56),
    transaction: page.readBigUInt64LE(64),
  };
}

/** Gives the page with its overflow, once. */
function claim(data: Buffer, number: number, type: number, seen: Set<number>): Buffer {
  const start = number * 4096;
  if (data.readBigUInt64LE(start) !== BigInt(number) || data.readUInt16LE(start + 8) !== type) throw new Error(`page ${number} is another one`);
  const length = data.readUInt32LE(start + 12) + 1;
  for (let page = number; page < number + length; page++) {
    if (seen.has(page)) throw new Error(`page ${page} is used twice`);
    seen.add(page);
  }
  return data.subarray(start, start + length * 4096);
}

function readBucket(data: Buffer, number: number, seen: Set<number>): Bucket {
  const page = claim(data, number, 2, seen);
  const bucket: Record<string, Bucket | string> = {};
  let previous: Buffer = Buffer.alloc(0);
  for (let index = 0; index < page.readUInt16LE(10); index++) {
    const element = 16 + index * 16;
    const [flags, position, keyLength, valueLength] = [0, 4, 8, 12].map((offset) => page.readUInt32LE(element + offset)) as [number, number, number, number];
    const start = element + position;
    const key = page.subarray(start, start + keyLength);
    const value = page.subarray(start + keyLength, start + keyLength + valueLength);
    if (value.length !== valueLength) throw new Error(`an entry of page ${number} reaches beyond it`);
    if (Buffer.compare(previous, key) >= 0) throw new Error(`the keys of page ${number} are out of order`);
    previous = key;
    bucket[key.toString()] = flags === 1 ? readBucket(data, Number(value.readBigUInt64LE(0)), seen) : value.toString();
  }
  return bucket;
}
