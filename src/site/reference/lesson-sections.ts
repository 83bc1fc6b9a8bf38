import { getCollection, render } from 'astro:content';
import type { Language } from '#lab';
import type { Rule } from './standard.ts';

/** Address and title of a section, found by its number on the topic's lesson pages. Throws when none of them has it. */
export async function sectionLink([topic, section]: Rule['lesson'], language: Language): Promise<{ href: string; title: string }> {
  const place = `${language}/${topic}`;
  const pages = await getCollection('docs', ({ id }) => id === place || (id.startsWith(`${place}/`) && !id.startsWith(`${place}/labs/`)));
  for (const page of pages) {
    const { headings } = await render(page);
    const heading = headings.find(({ text }) => text.startsWith(`${section} `));
    if (heading !== undefined) return { href: `/${page.id}/#${heading.slug}`, title: heading.text };
  }
  throw new Error(`Cannot link to section ${section}: no lesson page of ${place} has it`);
}
