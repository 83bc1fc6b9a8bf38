import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pointsOf } from '#lab';
import lab from '../../labs/kernel/contain-the-agent/lab.ts';
import { openBrowser, type Learner } from './browser.ts';
import { startCourse, type Course } from './course.ts';
import { labPageOn, type TaskState } from './lab-page.ts';

const solution = await readFile(join(import.meta.dirname, '../../labs/kernel/contain-the-agent/solution.sh'), 'utf8');
const fix = solution.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const attack = 'curl -sG http://dockerhost:9100/cgi-bin/diag --data-urlencode "cmd=nsenter -t 1 -m -- cat /root/flag.txt"';
const taskIds = Object.keys(lab.tasks);

let course: Course;
let learner: Learner;

beforeAll(async () => {
  course = await startCourse();
  await course.labsAreReady();
  learner = await openBrowser(course.url);
});

afterAll(async () => {
  await learner[Symbol.asyncDispose]();
  await course[Symbol.asyncDispose]();
});

test('a learner finds the lab in a German lesson and has a prompt on a Docker host of their own', async () => {
  const { page } = learner;
  await page.goto('/de/kernel/');
  expect(await page.locator('h1').textContent()).toBe('Das Shared-Kernel-Modell');

  await page.getByRole('link', { name: lab.title.de }).last().click();
  await page.waitForURL('**/de/kernel/labs/contain-the-agent/');
  const started = performance.now();
  await labPageOn(page).start();
  console.log(`click → prompt: ${Math.round(performance.now() - started)} ms`);
});

test('the attack typed on the attacker box gives the flag, and handing it in solves the attack', async () => {
  const { page } = learner;
  const { attacker, attackState } = labPageOn(page);
  await attacker.show();
  await attacker.type(attack);
  const [flag] = await attacker.sees(/FLAG\{[^}]+\}/);

  await page.getByLabel('Flag').fill('FLAG{guessed}');
  await page.getByRole('button', { name: 'Abgeben' }).click();
  await page.getByText('Das ist nicht die Flag dieser Sitzung.').waitFor();
  expect(await attackState()).toBe('open');

  await page.getByLabel('Flag').fill(flag);
  await page.getByRole('button', { name: 'Abgeben' }).click();
  await page.getByText('Richtig: Der Angriff ist gelungen.').waitFor();
  expect(await attackState()).toBe('passed');
});

test('the fix typed on the Docker host turns every task green without anything being pressed', async () => {
  const { dockerHost, taskStates, seesTasks } = labPageOn(learner.page);
  expect(Object.values(await taskStates())).not.toContain('passed');
  await dockerHost.show();
  for (const line of fix) await dockerHost.type(line);
  const typed = performance.now();
  await seesTasks(all('passed'));
  console.log(`fix typed → all tasks green: ${Math.round(performance.now() - typed)} ms`);
  await learner.page.getByText('Geschafft: Alle Aufgaben sind gelöst.').first().waitFor();
});

test('after a reload the shell is the same one, with its scrollback, and the tasks are still solved', async () => {
  const { page } = learner;
  const { dockerHost, attacker, seesTasks, attackState } = labPageOn(page);
  const before = await dockerHost.shell();

  await page.reload();
  await seesTasks(all('passed'));
  expect(await attackState()).toBe('passed');
  await dockerHost.show();
  await dockerHost.sees(new RegExp(`^shell-.* ${before}$`, 'm'));
  expect(await dockerHost.everything()).toContain('docker run --detach --name node-agent');
  expect(await dockerHost.shell()).toBe(before);
  await attacker.show();
  await attacker.sees(/FLAG\{[^}]+\}/);
});

test('switching to English in the middle of the lab keeps shell and progress', async () => {
  const { page } = learner;
  const { dockerHost, seesTasks, attackState } = labPageOn(page);
  await dockerHost.show();
  const before = await dockerHost.shell();

  await page.getByRole('link', { name: 'English' }).click();
  await page.waitForURL('**/en/kernel/labs/contain-the-agent/');
  expect(await page.locator('h1').textContent()).toBe(lab.title.en);
  await seesTasks(all('passed'));
  expect(await attackState()).toBe('passed');
  await page.getByText('Done: all tasks are passed.').first().waitFor();
  await dockerHost.show();
  await dockerHost.sees(new RegExp(`^shell-.* ${before}$`, 'm'));
  expect(await dockerHost.shell()).toBe(before);
});

test('starting the container with --privileged again un-ticks its box with the reason, and the fix ticks it again', async () => {
  const { page } = learner;
  const { dockerHost, task, seesTasks } = labPageOn(page);
  await dockerHost.show();
  await dockerHost.type(
    'docker rm -f node-agent; docker run -d --name node-agent --label lab.role=agent --privileged -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent',
  );
  const typed = performance.now();
  await seesTasks({ 'not-privileged': 'regressed', 'own-network': 'passed' });
  console.log(`--privileged typed → box un-ticked: ${Math.round(performance.now() - typed)} ms`);
  expect(await task('not-privileged').locator('[data-state-label]').textContent()).toBe('open again');
  expect(await task('not-privileged').locator('[data-message]').textContent()).toBe(lab.messages['capabilities-left'].en.replaceAll('`', ''));
  expect(await task('not-privileged').locator('[data-evidence-list] li').count()).toBeGreaterThan(0);

  for (const line of fix) await dockerHost.type(line);
  await seesTasks(all('passed'));
});

test('the home page shows the points', async () => {
  const { page } = learner;
  await page.goto('/de/');
  await page.getByText(`Bisher ${pointsOf(lab)} von `).waitFor();
  await page.getByRole('link', { name: `Zurück zum laufenden Labor „${lab.title.de}“` }).waitFor();
});

function all(state: TaskState): Record<string, TaskState> {
  return Object.fromEntries(taskIds.map((id) => [id, state]));
}
