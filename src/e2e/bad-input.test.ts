import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BrowserContext } from 'playwright-core';
import { WebSocket } from 'ws';
import { openBrowser } from './browser.ts';
import { startCourse, type Course } from './course.ts';
import { labPageOn } from './lab-page.ts';

let course: Course;

beforeAll(async () => {
  course = await startCourse();
  await course.labsAreReady();
});

afterAll(async () => {
  await course[Symbol.asyncDispose]();
});

test('the page of an unknown lab is a "not found" page in the language of the address', async () => {
  await using learner = await openBrowser(course.url);
  const { page } = learner;
  for (const [path, title] of [
    ['/de/kernel/labs/no-such-lab/', 'Hier ist keine Seite'],
    ['/en/kernel/labs/no-such-lab/', 'There is no page here'],
    ['/de/kernel/labs/%2e%2e%2f%2e%2e%2fetc/', 'Hier ist keine Seite'],
  ] as const) {
    const response = await page.goto(path);
    expect(response?.status()).toBe(404);
    await page.getByRole('heading', { name: title }).waitFor();
  }
});

test('a third lab is refused with the names of the two that run, and starts when one of them is ended', async () => {
  await using learner = await openBrowser(course.url);
  const { page } = learner;
  const lab = labPageOn(page);
  for (const path of ['/de/kernel/labs/contain-the-agent/', '/de/surface/labs/tame-the-neighbour/']) {
    await page.goto(path);
    await lab.start();
  }
  await page.goto('/de/privilege/labs/drop-root/');
  await lab.situation('startable').getByRole('button', { name: 'Labor starten' }).click();
  const crowded = lab.situation('crowded');
  await crowded.getByText('Bei dir laufen schon 2 Labore: Der große Ausbruch, Der laute Nachbar. Beende zuerst eines davon.').waitFor();

  await crowded.getByRole('button', { name: '„Der große Ausbruch“ beenden' }).click();
  await lab.start();
});

test("somebody else's session does not exist for another learner", async () => {
  await using learner = await openBrowser(course.url);
  await using stranger = await openBrowser(course.url);
  await learner.page.goto('/de/kernel/labs/contain-the-agent/');
  const lab = labPageOn(learner.page);
  await lab.start();
  const id = await lab.sessionId();
  await stranger.page.goto('/de/');

  const { request } = stranger.context;
  const answers = [
    await request.get(`/api/sessions/${id}`),
    await request.delete(`/api/sessions/${id}`),
    await request.post(`/api/sessions/${id}/check`, { data: {} }),
    await request.post(`/api/sessions/${id}/solution`, { data: {} }),
  ];
  for (const answer of answers) {
    expect(answer.status()).toBe(404);
    expect(await answer.json()).toMatchObject({ error: { code: 'unknown_session' } });
  }
  expect(await openTerminal(id, stranger.context, course.url)).toBe('closed with 4404');
  expect(await (await learner.context.request.get(`/api/sessions/${id}`)).json()).toMatchObject({ state: 'ready' });
  expect(await lab.dockerHost.shell()).toBeGreaterThan(1);
});

test('a foreign page gets no terminal, although the browser sends the cookie along', async () => {
  await using learner = await openBrowser(course.url);
  await learner.page.goto('/de/kernel/labs/contain-the-agent/');
  const lab = labPageOn(learner.page);
  await lab.start();
  const id = await lab.sessionId();
  expect(await openTerminal(id, learner.context, 'http://evil.example')).toBe('refused with 403');
  expect(await openTerminal(id, learner.context, 'null')).toBe('refused with 403');
  expect(await openTerminal(id, learner.context, course.url)).toBe('open');
});

/** Opens a terminal's WebSocket as a page at `origin` would, with the cookies of a browser. */
async function openTerminal(id: string, context: BrowserContext, origin: string): Promise<string> {
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const socket = new WebSocket(`${course.url.replace('http', 'ws')}/api/sessions/${id}/terminals/0`, { origin, headers: { cookie } });
  try {
    return await Promise.race([
      once(socket, 'unexpected-response').then(([, response]) => `refused with ${(response as { statusCode: number }).statusCode}`),
      once(socket, 'close').then(([code]) => `closed with ${code}`),
      // The server closes a socket to an unknown session only after it has opened it.
      once(socket, 'open').then(() => new Promise<string>((resolve) => setTimeout(() => resolve('open'), 1000))),
    ]);
  } finally {
    socket.terminate();
  }
}
