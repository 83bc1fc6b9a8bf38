import type { LabFolder } from '../keeper/lab-folders.ts';

/** Finds a lab by its id (`privilege/drop-root`), the last part of it, or its label (`L3.1`). */
export function findLab(labs: ReadonlyMap<string, LabFolder>, wanted: string): LabFolder {
  const name = wanted.trim().toLowerCase();
  for (const lab of labs.values()) {
    if ([lab.id, lab.id.split('/')[1], lab.lab.label.toLowerCase()].includes(name)) return lab;
  }
  const known = [...labs.values()].map((lab) => `${lab.lab.label} ${lab.id}`).join(', ');
  throw new UnknownLab(`There is no lab "${wanted}". There are: ${known}`);
}

export class UnknownLab extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnknownLab';
  }
}
