import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '#server/store/open-store.ts';
import { testDataDirectory } from '#sandbox/testing/test-data-directory.ts';
import { openBrowser } from './browser.ts';
import { startCourse, type Course } from './course.ts';
import { networkTo } from './dropped-network.ts';
import { labPageOn } from './lab-page.ts';
import { counted, countUntilKey, numbersIn, upTo } from './counter.ts';
import type { Terminal } from './terminal.ts';

const labPath = '/de/kernel/labs/contain-the-agent/';
const reattachLimitMs = 15_000;

let course: Course;

beforeAll(async () => {
  course = await startCourse();
  await course.labsAreReady();
});

afterAll(async () => {
  await course[Symbol.asyncDispose]();
});

test('shell, output and progress survive kill -9 of the server and of the keeper', async () => {
  await using learner = await openBrowser(course.url);
  const { page } = learner;
  await page.goto(labPath);
  const lab = labPageOn(page);
  await lab.start();
  await lab.dockerHost.type(
    'docker rm -f node-agent; docker run -d --name node-agent --label lab.role=agent -p 9100:9100 -v /srv/data:/rootfs/srv/data:ro lab/agent',
  );
  await lab.seesTasks({ 'not-privileged': 'passed', 'still-monitors': 'passed' });
  const shell = await lab.dockerHost.shell();

  await lab.dockerHost.type(countUntilKey);
  for (const program of ['src/server/main.ts', 'sandbox/keeper/main.ts']) {
    await sleep(2000);
    const pid = await course.pidOf(program);
    process.kill(pid, 'SIGKILL');
    console.log(`kill -9 of ${program} → output goes on after ${await msUntilOutputGoesOn(lab.dockerHost)} ms`);
    expect(await course.pidOf(program)).not.toBe(pid);
  }
  await page.keyboard.press('q');
  const [, last] = await lab.dockerHost.sees(counted);

  expect(numbersIn(await lab.dockerHost.everything())).toEqual(upTo(Number(last)));
  expect(await lab.dockerHost.shell()).toBe(shell);
  await lab.seesTasks({ 'not-privileged': 'passed', 'still-monitors': 'passed' });
  await page.reload();
  await lab.seesTasks({ 'not-privileged': 'passed', 'still-monitors': 'passed' });
  await lab.dockerHost.show();
  expect(await lab.dockerHost.shell()).toBe(shell);
});

test('a dropped network is announced, and everything goes on when it is back', async () => {
  await using network = await networkTo(course.url);
  await using learner = await openBrowser(network.url);
  const { page } = learner;
  await page.goto(labPath);
  const { dockerHost, start } = labPageOn(page);
  await start();
  const shell = await dockerHost.shell();
  await dockerHost.type(countUntilKey);
  await dockerHost.sees(/^count 20$/m);

  network.drop();
  await page.getByText('Verbindung unterbrochen.').first().waitFor();
  await page.keyboard.press('q');
  await page.getByText('1 Zeichen getippt, noch nicht gesendet').waitFor();
  network.restore();
  const restored = performance.now();
  await page.getByText('Verbindung unterbrochen.').first().waitFor({ state: 'hidden' });
  console.log(`network back → attached: ${Math.round(performance.now() - restored)} ms`);

  const [, last] = await dockerHost.sees(counted);
  expect(numbersIn(await dockerHost.everything())).toEqual(upTo(Number(last)));
  expect(await dockerHost.shell()).toBe(shell);
});

test('a session whose time is up says so and offers a new one', async () => {
  await using learner = await openBrowser(course.url);
  const { page } = learner;
  await page.goto(labPath);
  const { start, situation, sessionId } = labPageOn(page);
  await start();
  const first = await sessionId();

  letTimeRunOut(first);
  await situation('expired').getByText('Die Zeit ist um').waitFor();
  expect(await (await page.request.get(`/api/sessions/${first}`)).json()).toMatchObject({ state: 'expired' });
  await start();
  expect(await sessionId()).not.toBe(first);
});

test('a session that was ended elsewhere shows that it has ended and offers a new one', async () => {
  await using learner = await openBrowser(course.url);
  const { page } = learner;
  await page.goto(labPath);
  const { start, situation, sessionId } = labPageOn(page);
  await start();

  await page.request.delete(`/api/sessions/${await sessionId()}`);
  await situation('ended').getByRole('button', { name: 'Labor neu starten' }).waitFor();
  await page.reload();
  await situation('startable').getByRole('button', { name: 'Labor starten' }).waitFor();
});

test('a course that is ended while it bakes its labs leaves no process, mount or network namespace', async () => {
  const dataDirectory = await mkdtemp(join(dirname(testDataDirectory), 'schott-test-ending-'));
  try {
    const other = await startCourse([], dataDirectory);
    expect(other.output).toContain('running');
    await other[Symbol.asyncDispose]();
  } finally {
    await rm(dataDirectory, { recursive: true, force: true });
  }
});

/** Nothing that was sent before the kill is still on its way after a moment: a new line has come over a new connection. */
async function msUntilOutputGoesOn(terminal: Terminal): Promise<number> {
  const start = performance.now();
  await sleep(200);
  const before = numbersIn(await terminal.screen()).at(-1) ?? 0;
  await expect.poll(async () => numbersIn(await terminal.screen()).at(-1) ?? 0, { timeout: reattachLimitMs, interval: 20 }).toBeGreaterThan(before);
  return Math.round(performance.now() - start);
}

/** Sets the end of the session to now, where the server looks it up. */
function letTimeRunOut(id: string): void {
  using store = openStore(join(course.instance.serverDirectory, 'schott.sqlite'));
  store.sessions.change(id, { expiresAt: Date.now() });
}
