import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Desk } from './desk.ts';

const program = join(import.meta.dirname, 'burn.pl');
const limitMs = 60_000;

/**
 * Lets a Docker host burn all it may have (`burn.pl`): processors, memory, processes and disk, each up to its limit and again. Resolves when it burns;
 * disposing puts it out, and so does the end of the container.
 */
export async function burn(container: Desk['container']): Promise<Disposable> {
  const exec = await container.exec({
    Cmd: ['perl', '-e', await readFile(program, 'utf8')],
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = await exec.start({ hijack: true, stdin: true });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The Docker host ${container.id} does not burn after ${limitMs / 1000} s`)), limitMs);
    let said = '';
    stream.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('latin1')).slice(-1000);
      if (!said.includes('burning')) return;
      clearTimeout(timer);
      resolve();
    });
    stream.on('error', () => undefined);
    stream.once('close', () => {
      clearTimeout(timer);
      reject(new Error(`The Docker host ${container.id} does not burn: ${said}`));
    });
  });
  return { [Symbol.dispose]: () => void stream.destroy() };
}
