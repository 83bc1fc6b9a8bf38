import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Lab } from '#lab';
import { loadLabs, type LabFolder } from '../keeper/lab-folders.ts';
import { emptyLab } from '../testing/empty-lab.ts';
import { validateLab } from './validate-lab.ts';

const whole = emptyLab();

/** The problems of a lab that is whole but for `change`; those of its missing files left out. */
async function problemsOf(change: { lab?: unknown; checks?: unknown; folder?: string }): Promise<string[]> {
  const lab = { ...whole, ...change, lab: { ...whole.lab, ...(change.lab as Partial<Lab>) } } as LabFolder;
  return (await validateLab(lab)).filter((problem) => !/^\S+ is missing$/.test(problem));
}

test("the project's labs lack nothing that another lab of the same form would lack", async () => {
  const labs = [...(await loadLabs()).values()];
  expect(labs.length).toBeGreaterThan(0);
  for (const lab of labs) expect(await validateLab(lab)).toEqual([]);
});

test('a whole lab has no problems but the files that it does not have', async () => {
  expect(await problemsOf({})).toEqual([]);
  expect(await validateLab(whole)).toEqual(
    [
      'labs/kernel/empty/setup.sh',
      'labs/kernel/empty/attack.sh',
      'labs/kernel/empty/solution.sh',
      'labs/kernel/empty/image/bake.sh',
      'labs/kernel/empty/solution.de.mdx',
      'labs/kernel/empty/solution.en.mdx',
      'content/de/kernel/labs/empty.mdx',
      'content/en/kernel/labs/empty.mdx',
    ].map((path) => `${path} is missing`),
  );
});

test('a missing translation is named with its file, key and language', async () => {
  const english = { en: 'Only English' };
  const task = { title: english, points: 10, hints: [{ de: 'Nur Deutsch', en: ' ' }] };
  const problems = await problemsOf({
    lab: {
      title: english,
      summary: undefined,
      attack: { title: english, points: 1, hints: [english] },
      tasks: { only: task },
      messages: { 'not-done': english },
    },
  });
  expect(problems).toEqual(
    [
      'title.de',
      'summary.de',
      'summary.en',
      'attack.title.de',
      'attack.hints[0].de',
      'tasks.only.title.de',
      'tasks.only.hints[0].en',
      'messages.not-done.de',
    ].map((key) => `labs/kernel/empty/lab.ts: ${key} is missing`),
  );
});

test('a lab without tasks, and a task without points, hints or a check, are named', async () => {
  expect(await problemsOf({ lab: { tasks: {} }, checks: {} })).toEqual(['labs/kernel/empty/lab.ts: tasks is missing']);
  expect(await problemsOf({ lab: { tasks: { only: { title: whole.lab.title, points: 0, hints: [] } } }, checks: {} })).toEqual([
    'labs/kernel/empty/lab.ts: tasks.only.points is missing',
    'labs/kernel/empty/lab.ts: tasks.only.hints is missing',
    'labs/kernel/empty/checks.ts: there is no check for task only',
  ]);
});

test('a check that belongs to no task is named', async () => {
  expect(await problemsOf({ checks: { ...whole.checks, other: whole.checks['only'] } })).toEqual([
    'labs/kernel/empty/checks.ts: check other belongs to no task',
  ]);
});

test('a message that nobody defines is named, in the checks and in the heads of fails/', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'schott-lab-'));
  await mkdir(join(folder, 'fails'));
  await writeFile(join(folder, 'checks.ts'), `throw notYet('not-done'); throw notYet('role-missing'); throw notYet('never-defined', []);`);
  await writeFile(join(folder, 'fails/bare.sh'), 'true\n');
  await writeFile(join(folder, 'fails/good.sh'), '# fails: only not-done\n');
  await writeFile(join(folder, 'fails/wrong.sh'), '# fails: nothing never-said\n');
  expect(await problemsOf({ folder })).toEqual([
    'labs/kernel/empty/checks.ts: message never-defined is not defined in lab.ts',
    'labs/kernel/empty/fails/bare.sh: its head names no `# fails: <task> <message>`',
    'labs/kernel/empty/fails/wrong.sh: there is no task nothing',
    'labs/kernel/empty/fails/wrong.sh: there is no message never-said',
  ]);
  await rm(folder, { recursive: true });
});

test('checks get between 15 and 90 seconds', async () => {
  for (const checkLimitSeconds of [15, 90]) expect(await problemsOf({ lab: { checkLimitSeconds } })).toEqual([]);
  for (const checkLimitSeconds of [5, 91, Number.NaN])
    expect(await problemsOf({ lab: { checkLimitSeconds } })).toEqual([expect.stringMatching(/checkLimitSeconds/)]);
});
