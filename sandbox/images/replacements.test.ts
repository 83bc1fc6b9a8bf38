import { expect, test } from 'vitest';
import { checkedReplacements } from './replacements.ts';

const hash = 'a'.repeat(64);

test('a few hashes of runc are taken', () => {
  expect(checkedReplacements(`runc ${hash}\nrunc ${'b'.repeat(64)}\n`)).toBe(`runc ${hash}\nrunc ${'b'.repeat(64)}`);
  expect(checkedReplacements('')).toBe('');
});

test.each([
  ['dockerd, which answers the checker', `dockerd ${hash}`],
  ['the shim, which vouches for processes', `containerd-shim-runc-v2 ${hash}`],
  ['the shell of the checker', `probe ${hash}`],
  ['a program without a hash', 'runc'],
  ['more than a hash', `runc ${hash} ${hash}`],
  ['a shortened hash', 'runc aaaa'],
  ['anything else', 'cat: /bake/replacements: Permission denied'],
])('%s is refused', (_, line) => {
  expect(() => checkedReplacements(`runc ${hash}\n${line}\n`)).toThrow('Cannot let a lab replace a program');
});

test('a long list is refused', () => {
  expect(() => checkedReplacements(`runc ${hash}\n`.repeat(5))).toThrow('more than 4');
});
