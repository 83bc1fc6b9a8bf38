const sectionKey = 'schott_section';

/** Remembers the language for a year, so that `/` leads there next time. */
export function keepLanguage(language: string): void {
  document.cookie = `schott_language=${language}; path=/; max-age=31536000; samesite=lax`;
}

/**
 * Makes the link keep the place. Headings have other ids in the other language, so the number of the heading is handed over;
 * any other `#hash` goes along as it is.
 */
export function openSameSection(link: HTMLAnchorElement): void {
  const ids = headings().map(({ id }) => id);
  const hash = location.hash.slice(1);
  if (hash !== '' && !ids.includes(decodeURIComponent(hash))) link.hash = hash;
  const index = headings().findLastIndex((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
  if (index < 0) return;
  sessionStorage.setItem(sectionKey, JSON.stringify({ path: link.pathname, index, of: ids.length }));
}

/** After the switch: scrolls to the heading with the same number, when both languages have equally many. */
export function restoreSection(): void {
  const stored = sessionStorage.getItem(sectionKey);
  if (stored === null) return;
  sessionStorage.removeItem(sectionKey);
  const { path, index, of }: { path: string; index: number; of: number } = JSON.parse(stored);
  const found = headings();
  if (path === location.pathname && of === found.length) found[index]?.scrollIntoView({ behavior: 'instant' });
}

function headings(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('.sl-markdown-content :is(h2, h3)[id]')];
}
