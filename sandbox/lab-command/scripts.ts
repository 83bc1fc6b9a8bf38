import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface LabScript {
  /** Path below the lab's folder, e.g. `fails/stopped.sh`. */
  readonly name: string;
  readonly content: string;
  /** For `fails/`: which task must fail with which message. */
  readonly expectations: ReadonlyArray<{ task: string; message: string }>;
}

/** The scripts of a subfolder of a lab, sorted; none when there is no such folder. */
export async function readScripts(folder: string, subfolder: string): Promise<LabScript[]> {
  const names = (await readdir(join(folder, subfolder)).catch(() => [])).filter((name) => name.endsWith('.sh')).toSorted();
  return Promise.all(names.map((name) => readScript(folder, `${subfolder}/${name}`)));
}

export async function readScript(folder: string, name: string): Promise<LabScript> {
  const content = await readFile(join(folder, name), 'utf8');
  const expectations = [...content.matchAll(/^# fails: (\S+) (\S+)$/gm)].map(([, task = '', message = '']) => ({ task, message }));
  return { name, content, expectations };
}
