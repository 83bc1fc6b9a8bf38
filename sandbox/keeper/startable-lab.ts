import { setTimeout as sleep } from 'node:timers/promises';
import { failures } from './keeper-failure.ts';
import type { LabFolder } from './lab-folders.ts';
import type { LabShelf } from './lab-shelf.ts';

/** What a sandbox of a lab is made from. */
export interface StartableLab {
  readonly lab: LabFolder;
  readonly image: string;
}

/** Throws KeeperFailure, with the reason, when the lab cannot be started. */
export function needStartableLab(labs: ReadonlyMap<string, LabFolder>, shelf: LabShelf, id: string): StartableLab {
  const found = startableLab(labs, shelf, id);
  if (found !== undefined) return found;
  const availability = shelf.availability(id);
  if (availability?.state === 'preparing') throw failures.labPreparing(availability.percent);
  if (availability?.state === 'unavailable') throw failures.labUnavailable(availability.reason);
  throw failures.unknownLab();
}

/** As `needStartableLab`, but waits while the lab is being prepared, e.g. right after a start, when its image is still being looked for. */
export async function whenStartable(labs: ReadonlyMap<string, LabFolder>, shelf: LabShelf, id: string): Promise<StartableLab> {
  while (shelf.availability(id)?.state === 'preparing') await sleep(100);
  return needStartableLab(labs, shelf, id);
}

/** undefined: it cannot be started, or not yet. */
export function startableLab(labs: ReadonlyMap<string, LabFolder>, shelf: LabShelf, id: string): StartableLab | undefined {
  const [lab, image] = [labs.get(id), shelf.imageOf(id)];
  return lab === undefined || image === undefined ? undefined : { lab, image };
}
