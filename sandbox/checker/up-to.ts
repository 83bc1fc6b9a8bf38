import { Transform } from 'node:stream';
import { tooMuch } from './bounded-read.ts';

/** Hands on what it gets, at most `maxBytes`: with more it ends with Inconclusive (`too-much`), which says that `what` is too large. */
export function upTo(maxBytes: number, what: string): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) done(tooMuch(`${what} is larger than ${maxBytes / 1024 ** 2} MiB`));
      else done(null, chunk);
    },
  });
}
