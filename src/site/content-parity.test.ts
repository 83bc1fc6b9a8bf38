import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const projectFolder = join(import.meta.dirname, '../..');
const contentFolder = join(projectFolder, 'content');
const pages = globSync('**/*.mdx', { cwd: join(contentFolder, 'de') }).toSorted();

test('both languages have the same pages', () => {
  expect(pages.length).toBeGreaterThan(0);
  expect(globSync('**/*.mdx', { cwd: join(contentFolder, 'en') }).toSorted()).toEqual(pages);
});

test('every lab has a text beside its terminal', () => {
  const labs = globSync('*/*/lab.ts', { cwd: join(projectFolder, 'labs') }).map((file) => file.split('/'));
  expect(pages).toEqual(expect.arrayContaining(labs.map(([topic, lab]) => `${topic}/labs/${lab}.mdx`)));
});

// The language switch keeps the place by the number of the heading.
describe.each(pages)('%s', (page) => {
  const [german, english] = [shapeOf('de', page), shapeOf('en', page)];

  test('has the same sections in both languages', () => {
    expect(english.headings).toEqual(german.headings);
  });

  test('belongs to the same lab or topic and points to the same labs in both languages', () => {
    expect(english.labCards).toEqual(german.labCards);
    expect(english.lab).toBe(german.lab);
    expect(english.topic).toBe(german.topic);
  });

  test('has the same runnable code in both languages', () => {
    expect(english.runnable).toEqual(german.runnable);
  });
});

function shapeOf(language: string, page: string) {
  const source = readFileSync(join(contentFolder, language, page), 'utf8');
  const prose = source.replaceAll(/^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm, '');
  return {
    headings: [...prose.matchAll(/^(##+) /gm)].map(([, level]) => level),
    labCards: [...prose.matchAll(/<LabCard label="([^"]+)"/g)].map(([, label]) => label),
    lab: /^lab: (.+)$/m.exec(source)?.[1],
    topic: /^topic: (.+)$/m.exec(source)?.[1],
    runnable: [...source.matchAll(/^```\w+ [^\n]*run=(\w+)[^\n]*\n([\s\S]*?)^```$/gm)].map(([, target, code]) => ({ target, code })),
  };
}
