import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hashInlineScripts } from './content-security-policy.ts';

test('each inline script that runs is hashed once, as the browser sees it', () => {
  using directory = mkdtempDisposableSync(join(tmpdir(), 'schott-csp-'));
  mkdirSync(join(directory.path, 'de'));
  writeFileSync(
    join(directory.path, 'index.html'),
    `<script>first()</script><script src="/a.js"></script><SCRIPT type="module" data-x="a > b">\r\nsecond()\r\n</SCRIPT >
     <script type="application/ld+json">{"data": 1}</script><script type=application/json>{}</script><script data-src="x">third()</script>`,
  );
  writeFileSync(join(directory.path, 'de', 'page.html'), '<script>first()</script>');
  writeFileSync(join(directory.path, 'script.js'), '"<script>no()</script>"');
  const expected = ['first()', '\nsecond()\n', 'third()'].map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  expect(hashInlineScripts(directory.path)).toEqual(expected.toSorted());
});
