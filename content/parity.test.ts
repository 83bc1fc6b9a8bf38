import { expect, test } from 'vitest';
import { readText, shapeOf, textsIn } from './lesson-text.ts';

const german = textsIn('de');
const english = textsIn('en');

test('the six lessons exist', () => {
  const lessons = ['introduction', 'kernel', 'surface', 'privilege', 'patches', 'conclusion'].map((topic) => `${topic}/index.mdx`);
  expect(german).toEqual(expect.arrayContaining(lessons));
});

test('every text exists in both languages', () => {
  expect(german).toEqual(english);
});

const both = german.filter((path) => english.includes(path));

test.each(both)('%s has the same structure in both languages', (path) => {
  const [de, en] = [shapeOf(readText('de', path)), shapeOf(readText('en', path))];
  expect(de).toEqual(en);
});

test.each(both)('%s has a title and a description of its own in each language', (path) => {
  const [de, en] = [readText('de', path), readText('en', path)];
  for (const key of ['title', 'description']) {
    expect(frontmatter(de, key), key).not.toBe('');
    expect(frontmatter(en, key), key).not.toBe('');
  }
  expect(frontmatter(de, 'description')).not.toBe(frontmatter(en, 'description'));
});

test.each(both)('%s links only to pages of its own language', (path) => {
  for (const [language, other] of [
    ['de', 'en'],
    ['en', 'de'],
  ] as const) {
    expect(readText(language, path)).not.toContain(`](/${other}/`);
  }
});

test.each(both)('%s uses the quotation marks of its language', (path) => {
  const prose = (language: 'de' | 'en') => readText(language, path).replaceAll(/```.*?```|`[^`]*`|<[^>]*>/gs, '');
  expect(prose('de'), 'German quotes are „…“').not.toMatch(/”/);
  expect(prose('en'), 'English quotes are “…”').not.toMatch(/„/);
});

function frontmatter(text: string, key: string): string {
  return new RegExp(`^${key}: *(.+)$`, 'm').exec(text)?.[1] ?? '';
}
