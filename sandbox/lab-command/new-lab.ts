import { cp, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { topics } from '#lab';
import { loadLabs } from '../keeper/lab-folders.ts';

const project = join(import.meta.dirname, '../..');
const template = join(import.meta.dirname, 'template');
const idPattern = new RegExp(`^(${topics.join('|')})/[a-z][a-z0-9]*(-[a-z0-9]+)+$`);

/**
 * Lays out a new lab: a whole, small one that compiles and whose attack works, with a solution that is still to be written, so that `verify` is red.
 * `root` is the project's folder. Throws when the id or the label is no good or taken, and writes nothing then.
 */
export async function newLab(id: string, label: string, root = project): Promise<string[]> {
  if (!idPattern.test(id))
    throw new NewLabRefused(`"${id}" is no id for a lab: <topic>/<verb-first-name>, topics ${topics.join(', ')}, e.g. kernel/close-the-door`);
  if (!/^L[1-9]\.[1-9]\d?$/.test(label)) throw new NewLabRefused(`"${label}" is no label: e.g. L1.6`);
  const taken = [...(await loadLabs()).values()].find((lab) => lab.lab.label === label);
  if (taken !== undefined) throw new NewLabRefused(`${label} is the label of ${taken.id}`);
  const [topic = '', name = ''] = id.split('/');
  const folder = join('labs', topic, name);
  if (await stat(join(root, folder)).catch(() => undefined)) throw new NewLabRefused(`${folder} is there already`);

  await cp(join(template, 'lab'), join(root, folder), { recursive: true });
  const definition = join(root, folder, 'lab.ts');
  await writeFile(definition, (await readFile(definition, 'utf8')).replace("'L9.9'", `'${label}'`));
  const texts = ['de', 'en'].map((language) => join('content', language, topic, 'labs', `${name}.mdx`));
  for (const [index, language] of ['de', 'en'].entries()) {
    const text = await readFile(join(template, 'content', `${language}.mdx`), 'utf8');
    const target = join(root, texts[index] ?? '');
    await mkdir(join(target, '..'), { recursive: true });
    await writeFile(target, text.replace('__id__', id));
  }
  return [folder, ...texts];
}

export class NewLabRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NewLabRefused';
  }
}
