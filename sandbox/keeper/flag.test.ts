import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { flagOf, isSameFlag, keeperSecret } from './flag.ts';

test('a flag is the same each time, and another in each sandbox, for each seed, with each secret', () => {
  const secret = Buffer.alloc(32, 1);
  const flag = flagOf(secret, 'aaaa', '1234');
  expect(flag).toMatch(/^FLAG\{[0-9a-f]{24}\}$/);
  expect(flagOf(secret, 'aaaa', '1234')).toBe(flag);
  expect(new Set([flag, flagOf(secret, 'aaab', '1234'), flagOf(secret, 'aaaa', '1235'), flagOf(Buffer.alloc(32, 2), 'aaaa', '1234')]).size).toBe(4);
});

test('blanks around a flag do not matter, anything else does', () => {
  expect(isSameFlag('FLAG{1}', ' FLAG{1}\n')).toBe(true);
  for (const wrong of ['', 'FLAG{2}', 'flag{1}', 'FLAG{1}}', 'FLAG{1']) expect(isSameFlag('FLAG{1}', wrong)).toBe(false);
});

test('the secret is made once, for root alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'schott-secret-'));
  const [first, second] = [await keeperSecret(folder), await keeperSecret(folder)];
  expect(first.length).toBe(32);
  expect(second.equals(first)).toBe(true);
  expect((await stat(join(folder, 'secret'))).mode & 0o777).toBe(0o600);
  await rm(folder, { recursive: true });
});
