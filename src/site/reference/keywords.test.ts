import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { keywords } from '../../../content/reference/keywords.ts';
import type { Language } from '#lab';
import { labByLabel } from '../labs.ts';

const content = join(import.meta.dirname, '../../../content');

/** Text of a numbered section on the lesson pages of a topic; undefined when no page, or more than one, has it. */
function sectionOf(language: Language, topic: string, number: string): string | undefined {
  const found = globSync('*.mdx', { cwd: join(content, language, topic) })
    .flatMap((file) => readFileSync(join(content, language, topic, file), 'utf8').split(/^(?=## )/m))
    .filter((section) => section.startsWith(`## ${number} `));
  return found.length === 1 ? found[0] : undefined;
}

describe.each(keywords)('$term.en', ({ mentions, lesson: [topic, number], labs }) => {
  test.each(['de', 'en'] as const)('is explained where the index says (%s)', (language) => {
    expect(sectionOf(language, topic, number)?.toLowerCase()).toContain(mentions[language].toLowerCase());
  });

  test('is done in labs that exist', () => {
    expect(labs.length).toBeGreaterThan(0);
    expect(labs.filter((label) => label !== 'CAP' && labByLabel(label).state !== 'built')).toEqual([]);
  });
});
