import mdx from '@astrojs/mdx';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { runnableCode } from './src/site/lab/runnable-code.ts';
import { sidebar } from './src/site/sidebar.ts';

export default defineConfig({
  srcDir: './src/site',
  publicDir: './public',
  devToolbar: { enabled: false },
  vite: {
    build: {
      // Scripts as files: the server's content security policy then needs a hash only for Starlight's own few inline ones.
      assetsInlineLimit: 0,
      // Astro marks modules with a directive of its own; Rolldown would warn about each.
      rolldownOptions: { checks: { moduleLevelDirective: false } },
    },
  },
  integrations: [
    starlight({
      title: 'Schott',
      logo: { src: './src/site/logo.svg', alt: '' },
      favicon: '/favicon.svg',
      // content/404.mdx is the page for it, in both languages.
      disable404Route: true,
      defaultLocale: 'en',
      locales: { de: { label: 'Deutsch', lang: 'de' }, en: { label: 'English', lang: 'en' } },
      customCss: ['./src/site/theme.css'],
      // The lessons lie outside Starlight's usual folder.
      markdown: { processedDirs: ['./content'] },
      tableOfContents: { minHeadingLevel: 2, maxHeadingLevel: 3 },
      routeMiddleware: './src/site/route-data.ts',
      expressiveCode: {
        plugins: [runnableCode()],
        styleOverrides: { borderRadius: '6px' },
        // A command cut off at the edge of the narrow text column looks complete.
        defaultProps: { overridesByLang: { sh: { wrap: true } } },
      },
      components: {
        Footer: './src/site/overrides/Footer.astro',
        Header: './src/site/overrides/Header.astro',
        Hero: './src/site/overrides/Hero.astro',
        LanguageSelect: './src/site/overrides/LanguageSelect.astro',
        PageFrame: './src/site/overrides/PageFrame.astro',
        PageTitle: './src/site/overrides/PageTitle.astro',
        Search: './src/site/overrides/Search.astro',
        Sidebar: './src/site/overrides/Sidebar.astro',
      },
      sidebar: await sidebar(),
    }),
    mdx(),
  ],
});
