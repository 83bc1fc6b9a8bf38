import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { upTo } from './up-to.ts';

test('a stream is handed on up to the bound, and ended with a reason beyond it', async () => {
  const mebibyte = Buffer.alloc(1024 ** 2);
  let received = 0;
  const sink = (): Writable =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        received += chunk.length;
        done();
      },
    });
  const endless = function* (count: number): Generator<Buffer> {
    for (let at = 0; at < count; at++) yield mebibyte;
  };
  await pipeline(Readable.from(endless(4)), upTo(4 * 1024 ** 2, 'image x'), sink());
  expect(received).toBe(4 * 1024 ** 2);
  await expect(pipeline(Readable.from(endless(1000)), upTo(4 * 1024 ** 2, 'image x'), sink())).rejects.toMatchObject({
    messageId: 'too-much',
    evidence: ['image x is larger than 4 MiB'],
  });
  expect(received).toBeLessThanOrEqual(8 * 1024 ** 2);
});
