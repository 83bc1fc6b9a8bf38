import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { project } from '../start/options.ts';
import type { Measurement } from './measurement.ts';

const site = join(project, 'dist');

interface Weight {
  readonly page: string;
  readonly bytes: number;
  readonly gzipBytes: number;
}

/** JavaScript that a lesson page loads by itself: its scripts, inline ones included, and all they import statically. */
export const lessonJavaScript: Measurement = {
  name: 'page',
  warm: 0,
  async run({ results, say }) {
    const weights = await Promise.all(lessonPages().map(weigh));
    const heaviest = weights.toSorted((a, b) => b.bytes - a.bytes)[0];
    if (heaviest === undefined) throw new Error(`There are no lesson pages in ${site}`);
    say(`heaviest lesson page: ${heaviest.page}`);
    results.record('page.javascript', heaviest.bytes / 1000, { samples: weights.length });
    results.record('page.javascript-gzip', heaviest.gzipBytes / 1000, { samples: weights.length });
  },
};

/** Pages right below a language's folder; those deeper down are labs', or there to be looked up. */
function lessonPages(): string[] {
  const pages = globSync('{de,en}/*/index.html', { cwd: site });
  return pages.filter((page) => !page.includes('/404/'));
}

async function weigh(page: string): Promise<Weight> {
  const html = await readFile(join(site, page), 'utf8');
  const scripts = [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)];
  const inline = scripts.filter(([, attributes = '']) => !/\bsrc=|type="(application|speculationrules)/.test(attributes)).map(([, , code = '']) => code);
  const files = new Set<string>();
  for (const [, attributes = ''] of scripts) {
    const source = /\bsrc="(\/[^"]+)"/.exec(attributes)?.[1];
    if (source !== undefined) await addWithImports(source, files);
  }
  const loaded = await Promise.all([...files].map((file) => readFile(join(site, file), 'utf8')));
  const pieces = [...inline, ...loaded].map((code) => Buffer.from(code));
  return {
    page,
    bytes: pieces.reduce((sum, piece) => sum + piece.length, 0),
    gzipBytes: pieces.reduce((sum, piece) => sum + gzipSync(piece).length, 0),
  };
}

async function addWithImports(file: string, files: Set<string>): Promise<void> {
  if (files.has(file)) return;
  files.add(file);
  const code = await readFile(join(site, file), 'utf8');
  for (const [, imported = ''] of code.matchAll(/(?:\bimport|\bfrom)\s*["'](\.{0,2}\/[^"']+\.js)["']/g)) {
    await addWithImports(new URL(imported, `file://${file}`).pathname, files);
  }
}
