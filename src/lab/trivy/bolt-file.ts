/** A bucket of a bolt database: each name leads to a value or to a bucket inside. */
export interface Bucket {
  readonly [name: string]: Bucket | string;
}

const pageBytes = 4096;
const pageHeaderBytes = 16;
const leafElementBytes = 16;
/** Page types, and the flag of an element that is a bucket. */
const leafPage = 2;
const metaPage = 4;
const freelistPage = 16;
const isBucket = 1;

/**
 * A bolt database (the file format of go.etcd.io/bbolt, version 2) with these buckets, as its bytes. Written once and whole: two meta pages, an empty freelist,
 * then each bucket as one leaf page that is as long as it has to be. The same buckets give the same bytes.
 * Throws for a bucket of 65,535 or more entries, which a leaf page cannot count.
 */
export function boltFile(root: Bucket): Uint8Array<ArrayBuffer> {
  const pages: Uint8Array[] = [];
  // Pages 0 and 1 are the meta pages, 2 is the freelist.
  const next = { page: 3 };
  const rootPage = addBucket(root, pages, next);
  const file = new Uint8Array(next.page * pageBytes);
  file.set(metaOf(0n, rootPage, next.page), 0);
  file.set(metaOf(1n, rootPage, next.page), pageBytes);
  file.set(pageHeader(2, freelistPage, 0, pageBytes), 2 * pageBytes);
  let offset = 3 * pageBytes;
  for (const page of pages) {
    file.set(page, offset);
    offset += page.length;
  }
  return file;
}

/** Writes the bucket's inner buckets and then its own page. Gives that page's number. */
function addBucket(bucket: Bucket, pages: Uint8Array[], next: { page: number }): number {
  const encoder = new TextEncoder();
  const entries = Object.entries(bucket)
    .map(([name, value]) => {
      const key = encoder.encode(name);
      if (key.length === 0) throw new Error('Cannot write a bolt database: an entry has no name');
      return typeof value === 'string'
        ? { key, flags: 0, content: encoder.encode(value) }
        : { key, flags: isBucket, content: bucketHeader(addBucket(value, pages, next)) };
    })
    .toSorted((a, b) => compareBytes(a.key, b.key));
  if (entries.length >= 0xffff) throw new Error(`Cannot write a bolt database: ${entries.length} entries in one bucket`);

  const contentStart = pageHeaderBytes + entries.length * leafElementBytes;
  const bytes = entries.reduce((sum, { key, content }) => sum + key.length + content.length, contentStart);
  const page = new Uint8Array(Math.ceil(bytes / pageBytes) * pageBytes);
  const view = new DataView(page.buffer);
  const number = next.page;
  next.page += page.length / pageBytes;
  page.set(pageHeader(number, leafPage, entries.length, page.length));
  let position = contentStart;
  for (const [index, { key, flags, content }] of entries.entries()) {
    const element = pageHeaderBytes + index * leafElementBytes;
    view.setUint32(element, flags, true);
    view.setUint32(element + 4, position - element, true);
    view.setUint32(element + 8, key.length, true);
    view.setUint32(element + 12, content.length, true);
    page.set(key, position);
    page.set(content, position + key.length);
    position += key.length + content.length;
  }
  pages.push(page);
  return number;
}

function pageHeader(number: number, flags: number, count: number, length: number): Uint8Array {
  const header = new Uint8Array(pageHeaderBytes);
  const view = new DataView(header.buffer);
  view.setBigUint64(0, BigInt(number), true);
  view.setUint16(8, flags, true);
  view.setUint16(10, count, true);
  view.setUint32(12, length / pageBytes - 1, true);
  return header;
}

/** Root page and sequence. */
function bucketHeader(rootPage: number): Uint8Array {
  const header = new Uint8Array(16);
  new DataView(header.buffer).setBigUint64(0, BigInt(rootPage), true);
  return header;
}

function metaOf(transaction: bigint, rootPage: number, pageCount: number): Uint8Array {
  const meta = new Uint8Array(pageHeaderBytes + 64);
  meta.set(pageHeader(Number(transaction), metaPage, 0, pageBytes));
  const view = new DataView(meta.buffer, pageHeaderBytes);
  view.setUint32(0, 0xed0cdaed, true); // magic
  view.setUint32(4, 2, true); // version
  view.setUint32(8, pageBytes, true);
  meta.set(bucketHeader(rootPage), pageHeaderBytes + 16);
  view.setBigUint64(32, 2n, true); // freelist
  view.setBigUint64(40, BigInt(pageCount), true);
  view.setBigUint64(48, transaction, true);
  view.setBigUint64(56, fnv64a(meta.subarray(pageHeaderBytes, pageHeaderBytes + 56)), true);
  return meta;
}

/** FNV-1a with 64 bits (RFC 9923). */
function fnv64a(bytes: Uint8Array): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
