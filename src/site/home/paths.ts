import type { Lab, Text } from '#lab';

type Label = Lab['label'];

/** A way through the course for those who have a certain time. */
interface Path {
  readonly id: 'half-day' | 'day' | 'two-days';
  readonly title: Text;
  readonly aim: Text;
  /** In the order in which they build on each other. */
  readonly labs: readonly Label[];
}

const halfDay: readonly Label[] = ['L1.1', 'L1.2', 'L3.1', 'L2.4', 'L3.4', 'L4.1'];
const day: readonly Label[] = ['L1.1', 'L1.2', 'L2.4', 'L2.5', 'L2.3', 'L3.1', 'L3.2', 'L3.4', 'L4.1', 'L4.4'];
const twoDays: readonly Label[] = [
  'L1.1',
  'L1.2',
  'L1.3',
  'L1.4',
  'L2.1',
  'L2.2',
  'L2.3',
  'L2.4',
  'L2.5',
  'L3.1',
  'L3.2',
  'L3.3',
  'L3.4',
  'L4.1',
  'L4.2',
  'L4.3',
  'L4.4',
];

export const paths: readonly Path[] = [
  {
    id: 'half-day',
    title: { de: 'Ein halber Tag', en: 'Half a day' },
    aim: {
      de: 'Von jedem Thema das, was am häufigsten schiefgeht. Danach erkennst du die gefährlichsten Zeilen in einem `docker run`.',
      en: 'What goes wrong most often, from each topic. Afterwards you spot the most dangerous words in a `docker run`.',
    },
    labs: halfDay,
  },
  {
    id: 'day',
    title: { de: 'Ein Tag', en: 'One day' },
    aim: {
      de: 'Dazu Limits, Capabilities, Geheimnisse in Images und eine Pipeline, die Unsicheres aufhält.',
      en: 'Limits, capabilities, secrets in images and a pipeline that stops what is unsafe are added.',
    },
    labs: day,
  },
  {
    id: 'two-days',
    title: { de: 'Zwei Tage', en: 'Two days' },
    aim: {
      de: 'Der ganze Kurs außer den drei Laboren für Spezialisten: unveränderliche Hosts, eigene LSM-Regeln und die CVE-Wache.',
      en: 'The whole course except for the three labs for specialists: immutable hosts, LSM policies of one’s own, and the CVE watch.',
    },
    labs: twoDays,
  },
];

/** What a lab takes for granted: do this one before. */
export const prerequisites: Partial<Record<Label, Label>> = {
  'L1.2': 'L1.1',
  'L1.3': 'L1.2',
  'L3.2': 'L3.1',
  'L3.3': 'L3.2',
  'L4.4': 'L2.2',
  'L4.5': 'L4.4',
};
