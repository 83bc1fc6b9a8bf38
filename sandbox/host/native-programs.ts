import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, readFile, readdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { arch } from 'node:os';
import { cacheDirectory } from './instance.ts';
import { run } from './run.ts';

const sources = join(import.meta.dirname, '../native');

/** Path of the relay, which opens connections inside a sandbox's namespaces. Compiled on first use, then reused by content. */
export function relayProgram(): Promise<string> {
  return compileStatic(join(sources, 'relay.c'));
}

/** Path of the pty host, which owns a learner's shell inside the sandbox. */
export function ptyHostProgram(): Promise<string> {
  return compileStatic(join(sources, 'pty-host.c'));
}

/** Path of sysprobe, which tells what of the kernel can be reached from where it runs; learners and checks use it. */
export function sysprobeProgram(): Promise<string> {
  return compileStatic(join(sources, 'sysprobe.c'));
}

/** Compiles one C file to a static program, named by the source's content. Gives its path. */
export async function compileStatic(source: string): Promise<string> {
  const hash = await hashOfSources(source);
  const directory = join(cacheDirectory, 'native');
  const target = join(directory, hash);
  if (
    await access(target).then(
      () => true,
      () => false,
    )
  )
    return target;
  await mkdir(directory, { recursive: true });
  // Others may be compiling the same one, in this process or in another.
  const unfinished = `${target}.${randomUUID()}`;
  await run('gcc', ['-std=gnu11', '-O2', '-static', '-Wall', '-Wextra', '-o', unfinished, source]);
  await rename(unfinished, target);
  return target;
}

/** The source and the headers beside it. */
async function hashOfSources(source: string): Promise<string> {
  const hash = createHash('sha256')
    .update(await readFile(source))
    .update(arch());
  for (const name of (await readdir(dirname(source))).toSorted()) {
    if (name.endsWith('.h')) hash.update(name).update(await readFile(join(dirname(source), name)));
  }
  return hash.digest('hex').slice(0, 16);
}
