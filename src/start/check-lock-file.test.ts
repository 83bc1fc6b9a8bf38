import { expect, test } from 'vitest';
import { complaintsAboutLockFile } from './check-lock-file.ts';

const hash = `sha512-${'A'.repeat(86)}==`;
const packageText = JSON.stringify({ dependencies: { one: '1.0.0' }, devDependencies: { two: '2.0.0' } });
const lockOf = (packages: object): string => JSON.stringify({ lockfileVersion: 3, packages: { '': {}, ...packages } });

test('a lock file in which each package has its hash and its exact version is right', () => {
  const lock = lockOf({ 'node_modules/one': { version: '1.0.0', integrity: hash }, 'node_modules/two': { version: '2.0.0', integrity: hash } });
  expect(complaintsAboutLockFile(lock, packageText)).toEqual([]);
});

test('a package without a hash, with a weak one, or in another version is named', () => {
  const lock = lockOf({
    'node_modules/one': { version: '1.0.1', integrity: hash },
    'node_modules/two': { version: '2.0.0' },
    'node_modules/two/node_modules/three': { version: '3.0.0', integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' },
  });
  expect(complaintsAboutLockFile(lock, packageText)).toEqual([
    'node_modules/two has no SHA-512',
    'node_modules/two/node_modules/three has no SHA-512',
    'one is not pinned: package.json says 1.0.0, the lock file 1.0.1',
  ]);
});
