import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Lab } from '#lab';
import { labId } from '#protocol/lab-id.ts';

/** The labs of the course. The only part of the server that knows the folder `labs/`. */
export interface Catalog {
  readonly labs: ReadonlyMap<string, Lab>;
  /** The reference solution; undefined when the lab has none. */
  solution(id: string): Promise<string | undefined>;
}

const labsDirectory = join(import.meta.dirname, '../../labs');

/** Loads every `labs/<topic>/<lab>/lab.ts`. A lab that does not load is left out and reported, so that the others stay usable. */
export async function loadCatalog(reportBroken: (id: string, error: unknown) => void, directory = labsDirectory): Promise<Catalog> {
  const loaded: [string, Lab][] = [];
  for (const id of await listLabs(directory)) {
    try {
      loaded.push([id, await loadLab(join(directory, id, 'lab.ts'))]);
    } catch (error) {
      reportBroken(id, error);
    }
  }
  const labs = new Map(loaded.toSorted(byLabel));
  return {
    labs,
    async solution(id) {
      if (!labs.has(id)) return undefined;
      return readFile(join(directory, id, 'solution.sh'), 'utf8').catch(undefinedWhenMissing);
    },
  };
}

async function listLabs(directory: string): Promise<string[]> {
  const ids: string[] = [];
  for (const topic of await listFolders(directory)) {
    for (const lab of await listFolders(join(directory, topic))) {
      const id = `${topic}/${lab}`;
      const files = await readdir(join(directory, id));
      if (labId.safeParse(id).success && files.includes('lab.ts')) ids.push(id);
    }
  }
  return ids;
}

async function listFolders(directory: string): Promise<string[]> {
  const entries = (await readdir(directory, { withFileTypes: true }).catch(undefinedWhenMissing)) ?? [];
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

async function loadLab(file: string): Promise<Lab> {
  const module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { default?: Lab };
  if (!module.default?.label || !module.default.title) throw new Error(`Cannot load lab from ${file}: it has no default export that is a lab`);
  return module.default;
}

/** L1.2 before L1.10; the capstone last. */
function byLabel([, a]: [string, Lab], [, b]: [string, Lab]): number {
  if (a.label === 'CAP' || b.label === 'CAP') return Number(a.label === 'CAP') - Number(b.label === 'CAP');
  return a.label.localeCompare(b.label, 'en', { numeric: true });
}

function undefinedWhenMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}
