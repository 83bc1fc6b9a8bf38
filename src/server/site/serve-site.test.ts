import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { startTestCourse } from '../test-course.ts';
import { preferredLanguage } from './preferred-language.ts';

test('the start page follows the language chosen before, then the browser’s, then English', () => {
  expect(preferredLanguage(undefined, undefined)).toBe('en');
  expect(preferredLanguage(undefined, 'de-CH,de;q=0.9,en;q=0.8')).toBe('de');
  expect(preferredLanguage(undefined, 'en;q=0.5, de;q=0.9')).toBe('de');
  expect(preferredLanguage(undefined, 'fr, de;q=0, en;q=0.1')).toBe('en');
  expect(preferredLanguage(undefined, 'fr, *;q=0.5')).toBe('en');
  expect(preferredLanguage(undefined, 'en-US,de')).toBe('en');
  expect(preferredLanguage('en', 'de')).toBe('en');
  expect(preferredLanguage('../evil', 'de')).toBe('de');
});

test('/ redirects by language and says what that depends on', async () => {
  await using course = await startTestCourse();
  const { app } = course;
  const german = await app.inject({ url: '/', headers: { 'accept-language': 'de' } });
  expect([german.statusCode, german.headers.location]).toEqual([302, '/de/']);
  expect(german.headers.vary).toContain('Accept-Language');
  const chosen = await app.inject({ url: '/', headers: { 'accept-language': 'de', cookie: 'schott_language=en' } });
  expect(chosen.headers.location).toBe('/en/');
});

test('pages, assets and missing pages are served with the right caching', async () => {
  await using course = await startTestCourse();
  const get = (url: string) => course.app.inject({ url });
  const page = await get('/de/kernel/');
  expect(page.body).toContain('<h1>Kernel</h1>');
  expect(page.headers['cache-control']).toBe('private, no-cache');
  expect((await course.app.inject({ url: '/de/kernel/', headers: { 'if-none-match': String(page.headers.etag) } })).statusCode).toBe(304);
  const withoutSlash = await get('/de/kernel');
  expect([withoutSlash.statusCode, withoutSlash.headers.location]).toEqual([301, '/de/kernel/']);
  expect((await get('/_astro/page.abc123.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect((await get('/favicon.svg')).headers['cache-control']).toBe('no-cache');

  const missing = await get('/de/nothing/');
  expect(missing.statusCode).toBe(404);
  expect(missing.body).toContain('Nicht gefunden');
  expect((await get('/nothing')).body).toContain('Not found');
  expect((await get('/api')).json()).toMatchObject({ error: { code: 'not_found' } });
});

test('a page gives the learner’s cookie, so that the page’s first requests are one learner’s', async () => {
  await using course = await startTestCourse();
  const page = await course.app.inject({ url: '/de/' });
  const cookie = String(page.headers['set-cookie']);
  expect(cookie).toMatch(/^schott_learner=[0-9a-f]{32}\.[^;]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/);
  const known = await course.app.inject({ url: '/api/progress', headers: { cookie: cookie.split(';')[0] } });
  expect(known.headers['set-cookie']).toBeUndefined();
  const forged = await course.app.inject({ url: '/api/progress', headers: { cookie: cookie.split('.')[0] + '.forged' } });
  expect(forged.headers['set-cookie']).toMatch(/^schott_learner=/);
  expect((await course.app.inject({ url: '/_astro/page.abc123.js' })).headers['set-cookie']).toBeUndefined();
});

test('the policy allows the site’s own inline scripts and no others', async () => {
  await using course = await startTestCourse();
  const policy = String((await course.app.inject({ url: '/de/' })).headers['content-security-policy']);
  const scriptSources = /script-src ([^;]*)/.exec(policy)?.[1]?.split(' ');
  const hash = createHash('sha256').update('window.theme = "dark";').digest('base64');
  expect(scriptSources).toEqual(["'self'", "'wasm-unsafe-eval'", `'sha256-${hash}'`]);
  expect(policy).toContain("frame-ancestors 'none'");
});
