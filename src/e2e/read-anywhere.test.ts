import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Result } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { startCourse, type Course } from './course.ts';
import { labPageOn } from './lab-page.ts';
import { keepPicture } from './look.ts';

const axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const pages = { home: '/de/', lesson: '/de/kernel/' };
const labPath = '/de/kernel/labs/contain-the-agent/';

let course: Course;

beforeAll(async () => {
  course = await startCourse();
  await course.labsAreReady();
});

afterAll(async () => {
  await course[Symbol.asyncDispose]();
});

for (const theme of ['dark', 'light'] as const) {
  test(`home, lesson and running lab have no serious accessibility violation in the ${theme} theme`, async () => {
    await using learner = await openBrowser(course.url, { colorScheme: theme });
    const { page } = learner;
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(path);
      await expectAccessible(page);
      await keepPicture(page, `${name}-${theme}-1440`);
    }
    await page.goto(labPath);
    await expectAccessible(page);
    await keepPicture(page, `lab-to-start-${theme}-1440`);
    const { start, dockerHost, task } = labPageOn(page);
    await start();
    await dockerHost.type('/srv/agent/start.sh; docker ps');
    await dockerHost.sees(/node-agent$/m);
    await page.getByRole('button', { name: 'Prüfen' }).click();
    await task('not-privileged').locator('[data-message]').waitFor();
    await expectAccessible(page);
    await keepPicture(page, `lab-${theme}-1440`);
  });

  test(`lesson and lab can be used on a phone in the ${theme} theme`, async () => {
    await using learner = await openBrowser(course.url, { colorScheme: theme, ...phone });
    const { page } = learner;
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(path);
      await expectNoSidewaysScrolling(page);
      await keepPicture(page, `${name}-${theme}-390`);
    }
    await page.goto(labPath);
    await expectNoSidewaysScrolling(page);
    await keepPicture(page, `lab-text-${theme}-390`);

    await page.getByRole('button', { name: 'Terminal', exact: true }).tap();
    const { start, dockerHost } = labPageOn(page);
    await start();
    await dockerHost.element.locator('.xterm-screen').tap();
    await dockerHost.type('docker ps');
    await dockerHost.sees(/^CONTAINER ID/m);
    await expectNoSidewaysScrolling(page);
    await keepPicture(page, `lab-terminal-${theme}-390`);

    await dockerHost.type('sleep 1000');
    await page.getByRole('button', { name: 'Ctrl+C', exact: true }).tap();
    await dockerHost.sees(/\^C\n.*# ?$/);

    await page.getByRole('button', { name: 'Aufgaben', exact: true }).tap();
    await page.getByRole('button', { name: 'Prüfen' }).tap();
    await expectNoSidewaysScrolling(page);
    await keepPicture(page, `lab-tasks-${theme}-390`);
  });
}

test('no page of the course scrolls sideways on a phone', async () => {
  await using learner = await openBrowser(course.url, phone);
  const { page } = learner;
  for (const home of ['/de/', '/en/']) {
    await page.goto(home);
    const links = await page.locator('main a[href^="/"]').evaluateAll((anchors) => anchors.map((anchor) => (anchor as HTMLAnchorElement).pathname));
    expect(links.length).toBeGreaterThan(8);
    for (const path of new Set(links)) {
      await page.goto(path);
      await expectNoSidewaysScrolling(page);
    }
  }
});

test('every cheat sheet prints on one page', async () => {
  await using learner = await openBrowser(course.url);
  const { page } = learner;
  for (const language of ['de', 'en']) {
    for (const topic of ['kernel', 'surface', 'privilege', 'patches']) {
      await page.goto(`/${language}/reference/cheat-sheet-${topic}/`);
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      expect(pdf.match(/\/Type\s*\/Page\b/g), `${language} ${topic}`).toHaveLength(1);
    }
  }
});

test('a quiz can be answered with the keyboard, says why, and is kept', async () => {
  await using learner = await openBrowser(course.url);
  const { page } = learner;
  await page.goto('/de/introduction/');
  const question = page.locator('schott-quiz form').first();
  await question.getByRole('radio', { name: /gewöhnlicher Prozess/ }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await question.getByText('Richtig.').waitFor();
  await question.getByText(/Auf dem Host steht der Prozess in der Prozessliste/).waitFor();

  const order = page.locator('schott-quiz form').nth(1);
  const wanted = ['kernel', 'host', 'engine', 'image', 'configuration', 'application'];
  for (const [place, step] of wanted.entries()) {
    const up = order.locator(`[data-step="${step}"] [data-move="-1"]`);
    for (;;) {
      const steps = await order.locator('[data-step]').evaluateAll((items) => items.map((item) => item.getAttribute('data-step')));
      if (steps.indexOf(step) <= place) break;
      await up.focus();
      await page.keyboard.press('Enter');
    }
  }
  const saved = page.waitForResponse((response) => response.url().endsWith('/api/progress/quiz') && response.ok());
  await order.getByRole('button', { name: 'Antwort prüfen' }).click();
  await order.getByText('Richtig.').waitFor();
  await saved;

  await page.reload();
  await page.getByText('2 von 3 Fragen richtig beantwortet.').waitFor();
  await order.getByRole('button', { name: 'Noch einmal' }).click();
  await page.getByText('1 von 3 Fragen richtig beantwortet.').waitFor();
});

test('without JavaScript lessons, labs and the other language can be read', async () => {
  await using learner = await openBrowser(course.url, { javaScriptEnabled: false });
  const { page } = learner;
  await page.goto('/de/kernel/');
  await page.getByRole('heading', { level: 2, name: '1.1 Kein eigener Kernel' }).waitFor();
  await page.getByText('Eine virtuelle Maschine bringt ihren Kernel mit.').waitFor();
  await page.getByRole('link', { name: 'English' }).click();
  await page.waitForURL('**/en/kernel/');
  await page.goto(labPath);
  await page.getByText('Auf diesem Docker-Host läuft ein Monitoring-Agent.').waitFor();
  expect(await page.locator('lab-situation noscript p').innerText()).toMatch(/^Terminal und Prüfung brauchen JavaScript\./);
  await page.getByText('Der Agent sieht nur seine eigenen Prozesse').waitFor();
});

/** Code blocks that scroll become reachable by keyboard a moment after the page has loaded. */
async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe);
  await expect.poll(() => seriousViolations(page), { timeout: 5000, interval: 250 }).toEqual([]);
}

async function seriousViolations(page: Page): Promise<string[]> {
  const violations = await page.evaluate(async () => {
    const { axe: runner } = globalThis as unknown as { axe: { run(): Promise<{ violations: Result[] }> } };
    return (await runner.run()).violations;
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} (${failureSummary})`));
}

async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const { content, window } = await page.evaluate(() => ({ content: document.documentElement.scrollWidth, window: document.documentElement.clientWidth }));
  expect(content, `width of ${page.url()}`).toBeLessThanOrEqual(window);
}
