import { getEntry, render } from 'astro:content';
import type { Language } from '#lab';
import type { Rule } from './standard.ts';

/** Address and title of a lesson's section, found by its number. Throws when the lesson has none with this number. */
export async function sectionLink([topic, section]: Rule['lesson'], language: Language): Promise<{ href: string; title: string }> {
  const entry = await getEntry('docs', `${language}/${topic}`);
  if (entry === undefined) throw new Error(`Cannot link to section ${section}: there is no lesson ${language}/${topic}`);
  const { headings } = await render(entry);
  const heading = headings.find(({ text }) => text.startsWith(`${section} `));
  if (heading === undefined) throw new Error(`Cannot link to section ${section}: the lesson ${language}/${topic} has none`);
  return { href: `/${language}/${topic}/#${heading.slug}`, title: heading.text };
}
