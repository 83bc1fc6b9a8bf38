/** What a search finds: a page, or the part of it that matches best. `excerpt` is HTML that Pagefind made from the page's text: escaped, with `<mark>`. */
export interface Finding {
  readonly url: string;
  readonly title: string;
  readonly excerpt: string;
}

/** The part of Pagefind's interface that is used here; see pagefind.app/docs/api. */
interface Pagefind {
  debouncedSearch(query: string, options: object, waitMs: number): Promise<{ results: { data(): Promise<PagefindPage> }[] } | null>;
}
interface PagefindPage {
  url: string;
  excerpt: string;
  meta: { title?: string };
  sub_results: { url: string; title: string; excerpt: string }[];
}

const maxResults = 10;
const waitMs = 120;
let program: Promise<Pagefind> | undefined;

/** Pages that match; undefined when a later search has overtaken this one. Rejects where there is no index. */
export async function search(query: string): Promise<readonly Finding[] | undefined> {
  const pagefind = await loadPagefind();
  const found = await pagefind.debouncedSearch(query, {}, waitMs);
  if (found === null) return undefined;
  const pages = await Promise.all(found.results.slice(0, maxResults).map((result) => result.data()));
  return pages.map(bestPart);
}

/** The program is written beside the pages after Vite has run, so that Vite must not look for it. */
export function loadPagefind(): Promise<Pagefind> {
  const url = '/pagefind/pagefind.js';
  return (program ??= import(/* @vite-ignore */ url));
}

function bestPart({ url, excerpt, meta, sub_results: parts }: PagefindPage): Finding {
  const page = meta.title ?? url;
  const part = parts.find((candidate) => candidate.url.includes('#'));
  if (part === undefined || parts[0]?.url === url) return { url, title: page, excerpt };
  return { url: part.url, title: `${page}: ${part.title}`, excerpt: part.excerpt };
}
