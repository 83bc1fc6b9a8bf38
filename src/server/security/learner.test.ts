import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { startTestCourse } from '../test-course.ts';
import { learnerCookie } from './learner.ts';

test('a cookie that the server has not signed is nobody’s: its holder becomes somebody new', async () => {
  await using course = await startTestCourse();
  const ask = (cookie?: string) =>
    course.app.inject({ url: '/api/progress', headers: { host: 'localhost', ...(cookie === undefined ? {} : { cookie: `${learnerCookie}=${cookie}` }) } });
  const given = (await ask()).cookies.find(({ name }) => name === learnerCookie);
  expect(given).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  const value = given?.value ?? '';
  expect((await ask(encodeURIComponent(value))).cookies).toEqual([]);

  const [learner = '', signature = ''] = value.split('.', 2);
  const signWith = (secret: string): string => createHmac('sha256', secret).update(learner).digest('base64').replace(/=+$/, '');
  const other = `${learner.startsWith('0') ? '1' : '0'}${learner.slice(1)}`;
  for (const forged of [
    learner,
    `${learner}.`,
    `${other}.${signature}`,
    `${learner}.${signWith('another secret, just as long as the right one')}`,
    `${learner}.${signature}x`,
  ]) {
    const renewed = (await ask(encodeURIComponent(forged))).cookies.find(({ name }) => name === learnerCookie);
    expect(renewed, forged).toBeDefined();
    expect(renewed?.value.split('.', 1)[0]).not.toBe(learner);
  }
});

test('every answer carries the policy and what else keeps a browser from guessing, embedding and telling others', async () => {
  await using course = await startTestCourse();
  for (const url of ['/de/', '/_astro/page.abc123.js', '/api/labs', '/api/nothing', '/nowhere/', '/healthz', '/metrics']) {
    const { headers } = await course.app.inject({ url, headers: { host: 'localhost' } });
    expect(headers, url).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'self'"),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
    });
  }
  const { headers } = await course.app.inject({ url: '/%ff' });
  expect(headers).toMatchObject({ 'content-security-policy': expect.stringContaining("default-src 'none'"), 'x-content-type-options': 'nosniff' });
});
