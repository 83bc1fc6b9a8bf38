import type { Text, Topic } from '#lab';

/** A lab of the curriculum that is not built yet. Lessons and course map show it as still to come. */
export interface PlannedLab {
  readonly label: `L${number}.${number}` | 'CAP';
  readonly topic: Topic | undefined;
  readonly title: Text;
  readonly minutes: number;
}

/** Every lab of the curriculum. An entry stops counting as planned when a lab with its label exists (see `labs.ts`). */
export const curriculum: readonly PlannedLab[] = [
  { label: 'L1.1', topic: 'kernel', title: { de: 'Namespace-Detektiv', en: 'Namespace Detective' }, minutes: 35 },
  { label: 'L1.2', topic: 'kernel', title: { de: 'Der große Ausbruch', en: 'The Great Escape' }, minutes: 40 },
  { label: 'L1.3', topic: 'kernel', title: { de: 'Root ist nicht gleich Root', en: 'Root Is Not Root' }, minutes: 45 },
  { label: 'L1.4', topic: 'kernel', title: { de: 'Festung Host', en: 'Fortress Host' }, minutes: 40 },
  { label: 'L1.5', topic: 'kernel', title: { de: 'Unveränderlicher Host', en: 'Immutable Host' }, minutes: 45 },
  { label: 'L2.1', topic: 'surface', title: { de: 'Offene Tür 2375', en: 'Open Door 2375' }, minutes: 45 },
  { label: 'L2.2', topic: 'surface', title: { de: 'Vergiftetes Image', en: 'Poisoned Image' }, minutes: 50 },
  { label: 'L2.3', topic: 'surface', title: { de: 'Geheimnisse im Layer', en: 'Leaky Layers' }, minutes: 45 },
  { label: 'L2.4', topic: 'surface', title: { de: 'Flaches Netz', en: 'Flat Network' }, minutes: 50 },
  { label: 'L2.5', topic: 'surface', title: { de: 'Lauter Nachbar', en: 'Noisy Neighbour' }, minutes: 40 },
  { label: 'L3.1', topic: 'privilege', title: { de: 'USER, bitte!', en: 'USER, Please!' }, minutes: 40 },
  { label: 'L3.2', topic: 'privilege', title: { de: 'Capability-Diät', en: 'Capability Diet' }, minutes: 40 },
  { label: 'L3.3', topic: 'privilege', title: { de: 'Syscall-Sieb', en: 'Syscall Sieve' }, minutes: 50 },
  { label: 'L3.4', topic: 'privilege', title: { de: 'Die Sockel-Schublade', en: 'The Socket Drawer' }, minutes: 50 },
  { label: 'L3.5', topic: 'privilege', title: { de: 'LSM-Werkstatt', en: 'LSM Workshop' }, minutes: 60 },
  { label: 'L4.1', topic: 'patches', title: { de: 'Abgestandenes Image', en: 'Stale Image' }, minutes: 45 },
  { label: 'L4.2', topic: 'patches', title: { de: 'Schlankheitskur', en: 'Slim Down' }, minutes: 50 },
  { label: 'L4.3', topic: 'patches', title: { de: 'Motorwechsel', en: 'Engine Tune-up' }, minutes: 45 },
  { label: 'L4.4', topic: 'patches', title: { de: 'Torwächter CI', en: 'Gatekeeper CI' }, minutes: 60 },
  { label: 'L4.5', topic: 'patches', title: { de: 'CVE-Wache', en: 'CVE Watch' }, minutes: 55 },
  { label: 'CAP', topic: undefined, title: { de: 'Hafensturm', en: 'Harbour Storm' }, minutes: 90 },
];
