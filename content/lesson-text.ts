import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const contentFolder = import.meta.dirname;

/** Paths of all lessons and lab texts of one language, relative to its folder, sorted. */
export function textsIn(language: 'de' | 'en'): string[] {
  return globSync('*/**/*.mdx', { cwd: join(contentFolder, language) }).toSorted();
}

/** What of a text must be equal in both languages. */
interface Shape {
  readonly headings: string[];
  readonly labCards: string[];
  readonly figures: string[];
  readonly codeBlocks: string[];
  readonly boxes: string[];
  readonly selfTests: string[];
  readonly sources: string[];
  readonly tableRows: number;
}

/** Reads a lesson or lab text. */
export function readText(language: 'de' | 'en', path: string): string {
  return readFileSync(join(contentFolder, language, path), 'utf8');
}

/** All lesson pages of a topic one after another, without those of its labs. */
export function readTopic(language: 'de' | 'en', topic: string): string {
  const pages = textsIn(language).filter((path) => path.startsWith(`${topic}/`) && !path.includes('/labs/'));
  return pages.map((path) => readText(language, path)).join('\n');
}

/** Takes a text apart. Code blocks are set aside first, so that a `#` in a shell script is no heading. */
export function shapeOf(text: string): Shape {
  const codeBlocks: string[] = [];
  const prose = text.replaceAll(/^ *(```+)([^\n]*)\n(.*?)^ *\1 *$/gms, (_, _fence: string, info: string, body: string) => {
    // A block that runs with a click is found by its place, so its code must be the same in both languages.
    codeBlocks.push(/\brun=/.test(info) ? `${info.trim()}\n${body}` : info.trim());
    return '';
  });
  return {
    headings: all(prose, /^(#{2,6}) +(\d+\.\d+)?/gm).map(([, level, number]) => `${level} ${number ?? ''}`.trim()),
    labCards: all(prose, /<LabCard label="([^"]+)"/g).map(([, label]) => label ?? ''),
    figures: all(prose, /<([A-Z]\w+)\b/g)
      .map(([, name]) => name ?? '')
      .filter((name) => text.includes(`/figures/${name}.astro`) || name === 'Figure'),
    codeBlocks,
    boxes: all(prose, /<(Claim|Precisely|Honestly)\b/g).map(([, name]) => name ?? ''),
    selfTests: all(prose, /<SelfTest section="([^"]+)"/g).map(([, section]) => section ?? ''),
    sources: all(prose, /<Source href="([^"]+)"/g).map(([, href]) => href ?? ''),
    tableRows: all(prose, /^\|/gm).length,
  };
}

function all(text: string, pattern: RegExp): RegExpMatchArray[] {
  return [...text.matchAll(pattern)];
}
