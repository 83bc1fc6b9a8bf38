import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { platformMessages } from '#lab/platform-messages.ts';
import type { LabFolder } from '../keeper/lab-folders.ts';
import { readScripts } from './scripts.ts';

const project = join(import.meta.dirname, '../..');
const languages = ['de', 'en'] as const;

/** What is missing in a lab's folder, each problem with its file and key. The compiler finds most of it before; this also holds for a folder it never saw. */
export async function validateLab(lab: LabFolder): Promise<string[]> {
  const problems: string[] = [];
  const file = `labs/${lab.id}/lab.ts`;
  const needText = (key: string, value: unknown): void => {
    for (const language of languages) {
      const text: unknown = (value as Record<string, unknown> | undefined)?.[language];
      if (typeof text !== 'string' || text.trim() === '') problems.push(`${file}: ${key}.${language} is missing`);
    }
  };
  needText('title', lab.lab.title);
  needText('summary', lab.lab.summary);
  const limit = lab.lab.checkLimitSeconds;
  if (limit !== undefined && !(limit >= 15 && limit <= 90)) problems.push(`${file}: checkLimitSeconds is not between 15 and 90`);
  needText('attack.title', lab.lab.attack?.title);
  lab.lab.attack?.hints?.forEach((hint, index) => needText(`attack.hints[${index}]`, hint));
  for (const [id, task] of Object.entries(lab.lab.tasks ?? {})) {
    needText(`tasks.${id}.title`, task.title);
    if (!(task.points > 0)) problems.push(`${file}: tasks.${id}.points is missing`);
    if (!task.hints?.length) problems.push(`${file}: tasks.${id}.hints is missing`);
    task.hints?.forEach((hint, index) => needText(`tasks.${id}.hints[${index}]`, hint));
    if (typeof lab.checks[id] !== 'function') problems.push(`labs/${lab.id}/checks.ts: there is no check for task ${id}`);
  }
  if (Object.keys(lab.lab.tasks ?? {}).length === 0) problems.push(`${file}: tasks is missing`);
  for (const id of Object.keys(lab.checks)) if (lab.lab.tasks?.[id] === undefined) problems.push(`labs/${lab.id}/checks.ts: check ${id} belongs to no task`);
  for (const [id, message] of Object.entries(lab.lab.messages ?? {})) needText(`messages.${id}`, message);
  for (const id of await messageIdsUsed(lab)) {
    if (lab.lab.messages?.[id] === undefined && !(id in platformMessages)) problems.push(`labs/${lab.id}/checks.ts: message ${id} is not defined in lab.ts`);
  }
  for (const script of await readScripts(lab.folder, 'fails')) {
    if (script.expectations.length === 0) problems.push(`labs/${lab.id}/${script.name}: its head names no \`# fails: <task> <message>\``);
    for (const { task, message } of script.expectations) {
      if (lab.lab.tasks?.[task] === undefined) problems.push(`labs/${lab.id}/${script.name}: there is no task ${task}`);
      if (lab.lab.messages?.[message] === undefined && !(message in platformMessages))
        problems.push(`labs/${lab.id}/${script.name}: there is no message ${message}`);
    }
  }
  const [topic, name] = lab.id.split('/');
  const needed = ['setup.sh', 'attack.sh', 'solution.sh', 'image/bake.sh', ...languages.map((language) => `solution.${language}.mdx`)].map(
    (path) => `labs/${lab.id}/${path}`,
  );
  for (const path of [...needed, ...languages.map((language) => `content/${language}/${topic}/labs/${name}.mdx`)]) {
    if (
      !(await access(join(project, path)).then(
        () => true,
        () => false,
      ))
    )
      problems.push(`${path} is missing`);
  }
  return problems;
}

/** Message ids that the checks throw, as far as they are written out. */
async function messageIdsUsed(lab: LabFolder): Promise<string[]> {
  const source = await readFile(join(lab.folder, 'checks.ts'), 'utf8').catch(() => '');
  return [...source.matchAll(/notYet\(\s*'([^']+)'/g)].map(([, id = '']) => id);
}
