import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Container } from '../engine/connection.ts';
import { putFiles } from '../engine/archive.ts';
import { compileStatic } from '../host/native-programs.ts';
import { run } from '../host/run.ts';

const sources = join(import.meta.dirname, 'native');

/** Line of a viewpoint's script that finds the probes, for `$probes/NAME`: a nested container sees the Docker host's disk at /host. */
export const findProbes = 'probes=/opt; [ -d /host/opt ] && probes=/host/opt';

/** Puts probes (`native/NAME.c`, compiled on the machine) to where `findProbes` finds them. */
export async function installProbes(container: Container, ...names: readonly string[]): Promise<void> {
  const files = await Promise.all(names.map(async (name) => ({ name, content: await readFile(await programOf(name)), mode: 0o755 })));
  await putFiles(container, '/opt', files);
}

/** Runs a probe as the machine's root: what it gets there shows that it works. Gives its output. */
export async function runOnMachine(name: string, args: readonly string[]): Promise<string> {
  return run(await programOf(name), args);
}

/** Path of the compiled probe on the machine. */
export function programOf(name: string): Promise<string> {
  return compileStatic(join(sources, `${name}.c`));
}

/** Lines of the form "NAME what came" as a table. */
export function answersIn(output: string): ReadonlyMap<string, string> {
  const lines = output.trim().split('\n');
  return new Map(lines.map((line) => [line.split(' ', 1)[0] ?? '', line.slice(line.indexOf(' ') + 1)]));
}
