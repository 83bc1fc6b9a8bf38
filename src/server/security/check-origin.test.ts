import { expect, test } from 'vitest';
import { startTestCourse } from '../test-course.ts';

const post = { method: 'PUT', url: '/api/progress/place', payload: { path: '/kernel/' } } as const;

test('requests that change something must not come from a foreign page', async () => {
  await using course = await startTestCourse({ environment: { SCHOTT_ALLOWED_ORIGINS: 'https://course.example.org/' } });
  const status = async (headers: Record<string, string>) => (await course.app.inject({ ...post, headers: { host: 'localhost:8080', ...headers } })).statusCode;
  expect(await status({ origin: 'http://localhost:8080' })).toBe(204);
  expect(await status({ origin: 'https://course.example.org' })).toBe(204);
  expect(await status({})).toBe(204);
  expect(await status({ 'sec-fetch-site': 'same-origin' })).toBe(204);
  for (const origin of ['http://evil.example', 'http://localhost:8081', 'http://localhost', 'null', 'file://', 'http://localhost:8080.evil.example', 'x']) {
    expect(await status({ origin }), origin).toBe(403);
  }
  expect(await status({ 'sec-fetch-site': 'cross-site' })).toBe(403);
});

test('a server for one’s own machine answers only to its own names', async () => {
  await using course = await startTestCourse({ environment: { SCHOTT_ALLOWED_ORIGINS: 'https://course.example.org' } });
  const status = async (host: string) => (await course.app.inject({ url: '/api/progress', headers: { host } })).statusCode;
  for (const host of ['localhost:1', '127.0.0.1:8080', '[::1]:8080', 'course.example.org', 'LOCALHOST']) expect(await status(host), host).toBe(200);
  for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:80', '10.0.0.1']) expect(await status(host), host).toBe(403);

  await using open = await startTestCourse({ environment: { SCHOTT_HOST: '0.0.0.0' } });
  expect((await open.app.inject({ url: '/api/progress', headers: { host: 'school.example' } })).statusCode).toBe(200);
});
