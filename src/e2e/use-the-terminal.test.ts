import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type Learner } from './browser.ts';
import { startCourse, type Course } from './course.ts';
import { labPageOn } from './lab-page.ts';

let course: Course;
let learner: Learner;

beforeAll(async () => {
  course = await startCourse();
  await course.labsAreReady();
  learner = await openBrowser(course.url);
  await learner.page.goto('/de/kernel/labs/contain-the-agent/');
  await labPageOn(learner.page).start();
});

afterAll(async () => {
  await learner[Symbol.asyncDispose]();
  await course[Symbol.asyncDispose]();
});

test('pasting several lines asks first: nothing is typed after "cancel", everything after "paste"', async () => {
  const { page } = learner;
  const { dockerHost } = labPageOn(page);
  const dialog = page.getByRole('dialog', { name: '2 Zeilen einfügen?' });
  await dockerHost.show();
  await page.evaluate(() => navigator.clipboard.writeText('echo first-$((40+2))\necho second-$((40+3))\n'));

  await page.keyboard.press('Control+Shift+V');
  expect(await dialog.locator('[data-preview]').textContent()).toContain('echo second-$((40+3))');
  await dialog.getByRole('button', { name: 'Abbrechen' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await dockerHost.shell();
  expect(await dockerHost.screen()).not.toContain('first-');

  await page.keyboard.press('Control+Shift+V');
  await dialog.getByRole('button', { name: 'Einfügen' }).click();
  await page.keyboard.press('Enter');
  await dockerHost.sees(/^first-42$/m);
  await dockerHost.sees(/^second-43$/m);
});

test('Ctrl+Shift+V pastes a single line without asking', async () => {
  const { page } = learner;
  const { dockerHost } = labPageOn(page);
  await dockerHost.show();
  await page.evaluate(() => navigator.clipboard.writeText('echo pasted-$((50+1))'));
  await page.keyboard.press('Control+Shift+V');
  await dockerHost.sees(/echo pasted-\$\(\(50\+1\)\)$/m);
  await page.keyboard.press('Enter');
  await dockerHost.sees(/^pasted-51$/m);
});

test('Ctrl+Shift+C copies what the mouse has selected', async () => {
  const { page } = learner;
  const { dockerHost } = labPageOn(page);
  await dockerHost.show();
  await dockerHost.type('clear; echo to-be-copied-$((60+1))');
  await dockerHost.sees(/^to-be-copied-61$/m);
  const row = await dockerHost.element.locator('.xterm-rows > div', { hasText: 'to-be-copied-61' }).boundingBox();
  await page.mouse.dblclick((row?.x ?? 0) + 20, (row?.y ?? 0) + 8);
  await page.keyboard.press('Control+Shift+C');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('to-be-copied-61');
});

test('Ctrl+C interrupts a program, also when it floods the terminal', async () => {
  const { page } = learner;
  const { dockerHost } = labPageOn(page);
  await dockerHost.show();
  await dockerHost.type('sleep 1000');
  await page.keyboard.press('Control+C');
  await dockerHost.sees(/\^C\n.*# ?$/);

  // The flood's last line may have been cut in the middle, with ^C over its beginning.
  await dockerHost.type('yes flood');
  await dockerHost.sees(/(flood\n){10}/);
  const pressed = performance.now();
  await page.keyboard.press('Control+C');
  await dockerHost.sees(/\^C.*\n.*# ?$/);
  console.log(`Ctrl+C under a flood → prompt: ${Math.round(performance.now() - pressed)} ms`);
});

test('a click on a code block of the text runs it in its terminal', async () => {
  const { page } = learner;
  const { attacker } = labPageOn(page);
  await page.getByRole('button', { name: '▶ Ausführen: Angreifer' }).first().click();
  await attacker.sees(/^data_used_bytes /m);
});

test('the terminal can be searched', async () => {
  const { page } = learner;
  const { dockerHost } = labPageOn(page);
  await dockerHost.show();
  await dockerHost.type('clear; for i in 1 2 3; do echo needle; done');
  await dockerHost.sees(/^needle\nneedle\nneedle$/m);
  await page.keyboard.press('Control+Shift+F');
  await page.keyboard.type('needle');
  await page.getByText(/^\d von 3$/).waitFor();
  await page.keyboard.press('Escape');
  expect(await dockerHost.shell()).toBeGreaterThan(1);
});
