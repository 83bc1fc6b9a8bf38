import { languages, type Language } from '#lab/text.ts';

/** The language to begin with: the one chosen before, else the browser's first choice among ours, else English. */
export function preferredLanguage(chosen: string | undefined, acceptLanguage: string | undefined): Language {
  return languages.find((language) => language === chosen) ?? firstAccepted(acceptLanguage ?? '') ?? 'en';
}

function firstAccepted(header: string): Language | undefined {
  const wishes = header.split(',').map((part) => {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
    const quality = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find((value) => value !== undefined);
    return { language: range.trim().split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
  });
  // Sorting is stable: equal wishes keep the order they were written in.
  const wanted = wishes.filter(({ quality }) => quality > 0).toSorted((a, b) => b.quality - a.quality);
  return wanted.map((wish) => languages.find((language) => language === wish.language)).find((language) => language !== undefined);
}
