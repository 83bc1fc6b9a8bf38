import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentSecurityPolicy, hashInline } from './content-security-policy.ts';

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
  expect(hashInline(directory.path).scripts).toEqual(['first()', '\nsecond()\n', 'third()'].map(hashOf).toSorted());
});

test('each style attribute is hashed once, as the browser sees it', () => {
  using directory = mkdtempDisposableSync(join(tmpdir(), 'schott-csp-'));
  writeFileSync(
    join(directory.path, 'index.html'),
    `<span style="--0:#D6DEEB;--1:#403F53">a</span><span  style='width: 1em'></span><i\nstyle="font-family:&quot;A &amp; B&quot;"></i><b style="width: 1em" data-style="no"></b>`,
  );
  expect(hashInline(directory.path).styleAttributes).toEqual(['--0:#D6DEEB;--1:#403F53', 'width: 1em', 'font-family:"A & B"'].map(hashOf).toSorted());
});

test('nothing inline is let through unseen, and nothing comes from elsewhere', () => {
  for (const inline of [
    { scripts: [], styleAttributes: [] },
    { scripts: [hashOf('a')], styleAttributes: [hashOf('b')] },
  ]) {
    const sources = Object.values(contentSecurityPolicy(inline).directives).flat();
    expect(sources.filter((source) => /unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)|\*|https?:|blob:/.test(source))).toEqual([]);
    expect(sources.filter((source) => source === "'unsafe-hashes'")).toHaveLength(inline.styleAttributes.length);
  }
});

function hashOf(source: string): string {
  return `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
}
