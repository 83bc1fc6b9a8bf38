import { request } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { apiError, type ApiError } from '#protocol/api.ts';
import { startTestCourse, type TestCourse } from '../test-course.ts';

test('each bad body gets its own clear error', async () => {
  await using course = await startTestCourse();
  const learner = course.learner();
  const post = (body: unknown, headers?: Record<string, string>) => learner.request('POST', '/api/sessions', body, headers);
  const json = { 'content-type': 'application/json' };
  const cases = [
    [await post({ lab: 'kernel/unknown' }), 404, 'unknown_lab'],
    [await post({ lab: '../../etc/passwd' }), 400, 'invalid_request'],
    [await post({ lab: 'kernel/first', image: 'evil' }), 400, 'invalid_request'],
    [await post({ lab: { $ne: 1 } }), 400, 'invalid_request'],
    [await post('null', json), 400, 'invalid_request'],
    [await post(undefined), 400, 'invalid_request'],
    [await post('{"lab":', json), 400, 'invalid_json'],
    [await post(Uint8Array.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), json), 400, 'invalid_json'],
    [await post('lab=kernel/first', { 'content-type': 'application/x-www-form-urlencoded' }), 415, 'unsupported_media_type'],
    [await post('{"lab":"kernel/first"}', { 'content-type': 'text/plain' }), 415, 'unsupported_media_type'],
    [await post({ lab: 'x'.repeat(1024 * 1024) }), 413, 'body_too_large'],
    [await learner.request('PUT', '/api/progress/place', { path: 'https://evil.example/' }), 400, 'invalid_request'],
    [await learner.request('PUT', '/api/progress/quiz', { quiz: 'a', answers: Array(21).fill('x') }), 400, 'invalid_request'],
    [await learner.request('GET', '/api/nothing'), 404, 'not_found'],
    [await learner.request('POST', '/api/nothing', {}), 404, 'not_found'],
    [await learner.request('PATCH', '/api/sessions', {}), 404, 'not_found'],
    [await learner.request('GET', `/api/sessions/${'0'.repeat(32)}/events`), 404, 'not_found'],
  ] as const;
  for (const [answer, status, code] of cases) {
    expect({ status: answer.status, code: answer.json<ApiError>().error.code }).toEqual({ status, code });
    expect(apiError.safeParse(answer.json()).success).toBe(true);
  }
  expect(course.keeper.requests).toEqual([]);
});

test('a wrong field is named', async () => {
  await using course = await startTestCourse();
  const { error } = (await course.learner().request('POST', '/api/sessions', { lab: 'UPPER' })).json<ApiError>();
  expect(error.message).toEqual({ de: expect.stringContaining('„lab“'), en: expect.stringContaining('“lab”') });
});

test('no path leads out of the site or into a sandbox id', async () => {
  await using course = await startTestCourse();
  const paths = [
    '/../test.sqlite',
    '/..%2ftest.sqlite',
    '/de/..%2f..%2ftest.sqlite',
    '/%2e%2e/test.sqlite',
    '/de/..\\..\\test.sqlite',
    '//etc/passwd',
    '/%00',
    '/%ff',
    '/api/sessions/..%2f..%2fhealth',
    '/api/sessions/../../health',
    `/api/sessions/${'a'.repeat(5000)}`,
    '/api/%c0%ae%c0%ae/',
  ];
  for (const path of paths) {
    const { status, body } = await rawGet(course, path);
    expect([400, 404], path).toContain(status);
    expect(body, path).not.toMatch(/SQLite format|root:/);
  }
  expect(course.keeper.requests).toEqual([]);
});

test('what is not HTTP gets an error and a closed connection', async () => {
  await using course = await startTestCourse();
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(course.url).port), '127.0.0.1', () => socket.end('\x16\x03\x01 not http\r\n\r\n'));
    let text = '';
    socket
      .on('data', (data) => (text += data.toString()))
      .on('close', () => resolve(text))
      .on('error', reject);
  });
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(apiError.parse(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).error.code).toBe('invalid_request');
  expect((await course.learner().request('GET', '/api/labs')).status).toBe(200);
});

test('too many requests are refused with the time to wait', async () => {
  await using course = await startTestCourse({ requestsPerMinute: 5, startsPerMinute: 2 });
  const learner = course.learner();
  await learner.request('GET', '/api/progress');
  for (let count = 0; count < 5; count++) expect((await learner.request('GET', '/api/progress')).status).toBe(200);
  const refused = await learner.request('GET', '/api/progress');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(refused.json<ApiError>().error).toMatchObject({ code: 'too_many_requests', message: { en: expect.stringMatching(/in \d+ seconds/) } });

  const other = course.learner();
  await other.request('GET', '/api/progress');
  const starts = [1, 2, 3].map(() => other.request('POST', '/api/sessions', { lab: 'kernel/first' }));
  expect((await Promise.all(starts)).map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 201, 429]);
});

test('an unexpected error shows nothing of itself', async () => {
  await using course = await startTestCourse();
  course.store.progress.read = () => {
    throw new Error('secret detail at /srv/schott');
  };
  const answer = await course.learner().request('GET', '/api/progress');
  expect(answer.status).toBe(500);
  expect(answer.text).not.toContain('secret');
  expect(answer.json<ApiError>().error.code).toBe('internal');
});

function rawGet(course: TestCourse, path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(course.url);
    request({ port, path, host: '127.0.0.1' }, (response) => {
      let body = '';
      response.on('data', (data) => (body += String(data))).on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    })
      .on('error', reject)
      .end();
  });
}
