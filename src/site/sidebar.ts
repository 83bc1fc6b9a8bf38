import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StarlightUserConfig } from '@astrojs/starlight/types';
import { topics } from '../lab/lab.ts';
import type { Lab, Topic } from '../lab/lab.ts';
import { topicTitles } from './topics.ts';

type SidebarItems = NonNullable<StarlightUserConfig['sidebar']>;

const projectFolder = join(import.meta.dirname, '../..');
const contentFolder = join(projectFolder, 'content/en');

/**
 * The course in its order, from the files that are there: introduction, each topic's lessons and labs, conclusion, reference.
 * Starlight takes page titles and "previous / next" from it. Read when the configuration is loaded, before Vite runs.
 */
export async function sidebar(): Promise<SidebarItems> {
  const topicGroups = await Promise.all(topics.map(topicGroup));
  return [...lessonItems('introduction'), ...topicGroups, ...lessonItems('conclusion'), referenceGroup()];
}

async function topicGroup(topic: Topic) {
  const { de, en } = topicTitles[topic];
  return { label: en, translations: { de }, items: [...lessonItems(topic), ...(await labItems(topic))] };
}

/** What people look up rather than read: the cheat sheets in the order of the topics, then the rest. */
function referenceGroup() {
  const sheets = topics.map((topic) => `cheat-sheet-${topic}`);
  const names = [...sheets, ...mdxNames(join(contentFolder, 'reference')).filter((name) => !sheets.includes(name))];
  return { label: 'Reference', translations: { de: 'Nachschlagen' }, items: names.map((name) => ({ slug: `reference/${name}` })) };
}

/** A folder's `index.mdx` first, then its other lessons by `sidebar.order` in their frontmatter. */
function lessonItems(folder: string) {
  return mdxNames(join(contentFolder, folder))
    .map((name) => ({ name, order: name === 'index' ? 0 : orderOf(join(contentFolder, folder, `${name}.mdx`)) }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ name }) => ({ slug: name === 'index' ? folder : `${folder}/${name}` }));
}

function orderOf(file: string): number {
  const order = /^sidebar:\n(?: {2}.*\n)*? {2}order: (\d+)$/m.exec(readFileSync(file, 'utf8'))?.[1];
  if (order === undefined) throw new Error(`Cannot place ${file} in the navigation: its frontmatter has no sidebar.order`);
  return Number(order);
}

async function labItems(topic: Topic) {
  const names = mdxNames(join(contentFolder, topic, 'labs'));
  const labs = await Promise.all(names.map(async (name) => ({ name, label: await labLabel(topic, name) })));
  return labs.toSorted((a, b) => a.label.localeCompare(b.label)).map(({ name }) => ({ slug: `${topic}/labs/${name}` }));
}

async function labLabel(topic: Topic, name: string): Promise<string> {
  const file = join(projectFolder, 'labs', topic, name, 'lab.ts');
  if (!existsSync(file)) throw new Error(`Cannot list content/en/${topic}/labs/${name}.mdx: there is no labs/${topic}/${name}/lab.ts`);
  const module: { default: Lab } = await import(file);
  return module.default.label;
}

function mdxNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.mdx'))
    .map((file) => file.slice(0, -'.mdx'.length));
}
