import type { Language } from '#lab';

/** Language of the page that is being built. Pages outside `/de/` (the start page, English pages) are English. */
export function languageOf(astro: { currentLocale: string | undefined }): Language {
  return astro.currentLocale === 'de' ? 'de' : 'en';
}
