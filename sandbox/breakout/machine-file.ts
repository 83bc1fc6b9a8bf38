import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file of the machine that whoever gets to its folder may read, in a folder where they may write. */
export interface MachineFile extends AsyncDisposable {
  readonly folder: string;
  readonly path: string;
  readonly text: string;
  /** What is in the folder by now. */
  names(): Promise<string[]>;
}

/** Places it, with `text` in it; removed when disposed. */
export async function placeMachineFile(text: string): Promise<MachineFile> {
  const folder = await mkdtemp(join(tmpdir(), 'schott-canary-'));
  const path = join(folder, 'secret');
  await chmod(folder, 0o777);
  await writeFile(path, text);
  return { folder, path, text, names: () => readdir(folder), [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
