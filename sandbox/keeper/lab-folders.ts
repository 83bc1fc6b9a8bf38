import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Check, Lab } from '#lab';
import { labId } from '#protocol/lab-id.ts';

export interface LabFolder {
  /** `<topic>/<lab>` */
  readonly id: string;
  readonly folder: string;
  readonly lab: Lab;
  readonly checks: Readonly<Record<string, Check<Lab>>>;
  readonly setupScript: string;
}

const root = join(import.meta.dirname, '../../labs');

/** Every lab of the project, by id. */
export async function loadLabs(): Promise<ReadonlyMap<string, LabFolder>> {
  const labs = new Map<string, LabFolder>();
  for (const id of await labIds()) labs.set(id, await loadLab(id));
  return labs;
}

async function labIds(): Promise<string[]> {
  const ids: string[] = [];
  for (const topic of await readdir(root).catch(() => [])) {
    for (const name of await readdir(join(root, topic)).catch(() => [])) {
      if (await stat(join(root, topic, name, 'lab.ts')).catch(() => undefined)) ids.push(labId.parse(`${topic}/${name}`));
    }
  }
  return ids.toSorted();
}

async function loadLab(id: string): Promise<LabFolder> {
  const folder = join(root, id);
  const lab = await importDefault<Lab>(join(folder, 'lab.ts'));
  const checks = await importDefault<Record<string, Check<Lab>>>(join(folder, 'checks.ts'));
  const setupScript = await readFile(join(folder, 'setup.sh'), 'utf8').catch(() => '');
  return { id, folder, lab, checks, setupScript };
}

async function importDefault<T>(file: string): Promise<T> {
  const module = (await import(pathToFileURL(file).href)) as { default?: T };
  if (module.default === undefined) throw new Error(`Cannot use ${file}: it has no default export`);
  return module.default;
}
