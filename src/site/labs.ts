import { pointsOf, topics } from '#lab';
import type { Lab, Topic } from '#lab';
import { curriculum } from './planned-labs.ts';
import type { PlannedLab } from './planned-labs.ts';

/** A lab as the site knows it: what its `lab.ts` says, its id and where its page is (without the language). */
interface BuiltLab {
  readonly state: 'built';
  readonly id: string;
  readonly topic: Topic;
  readonly lab: Lab;
  readonly points: number;
  readonly path: string;
}

export type CourseLab = BuiltLab | (PlannedLab & { readonly state: 'planned' });

/** The labs that exist, in the order of their labels. */
export const builtLabs: readonly BuiltLab[] = Object.entries(import.meta.glob<{ default: Lab }>('/labs/*/*/lab.ts', { eager: true }))
  .map(([file, module]) => builtLab(file, module.default))
  .toSorted((a, b) => a.lab.label.localeCompare(b.lab.label));

/** Labs of a topic in the order of their labels, those still to come included. Without a topic: the labs that close the course. */
export function labsOf(topic: Topic | undefined): readonly CourseLab[] {
  const built = builtLabs.filter((entry) => (entry.lab.label === 'CAP' ? undefined : entry.topic) === topic);
  const planned = curriculum.filter((entry) => entry.topic === topic && !builtLabs.some(({ lab }) => lab.label === entry.label));
  return [...built, ...planned.map((entry) => ({ state: 'planned', ...entry }) as const)].toSorted((a, b) => labelOf(a).localeCompare(labelOf(b)));
}

/** The lab with this label, e.g. `L1.2`. Throws for a label that is neither built nor planned. */
export function labByLabel(label: string): CourseLab {
  const found = [...topics, undefined].flatMap((topic) => labsOf(topic)).find((entry) => labelOf(entry) === label);
  if (found === undefined) {
    throw new Error(`Cannot show lab "${label}": neither a labs/<topic>/<lab>/lab.ts nor src/site/planned-labs.ts has this label`);
  }
  return found;
}

export function labelOf(entry: CourseLab): Lab['label'] {
  return entry.state === 'built' ? entry.lab.label : entry.label;
}

function builtLab(file: string, lab: Lab): BuiltLab {
  const [, , topic, name] = file.split('/');
  const knownTopic = topics.find((known) => known === topic);
  if (knownTopic === undefined || name === undefined)
    throw new Error(`Cannot list ${file}: its folder must be labs/<topic>/<lab> with one of the topics ${topics.join(', ')}`);
  return { state: 'built', id: `${knownTopic}/${name}`, topic: knownTopic, lab, points: pointsOf(lab), path: `/${knownTopic}/labs/${name}/` };
}
