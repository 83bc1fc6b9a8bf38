import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Compiles one of the native programs into `directory` and returns the program's path. */
export async function compileNative(name: 'relay' | 'pty-host', directory: string): Promise<string> {
  const program = join(directory, `schott-${name}`);
  const source = join(import.meta.dirname, `${name}.c`);
  await promisify(execFile)('gcc', ['-std=c11', '-O2', '-Wall', '-Wextra', '-Werror', '-static', '-o', program, source]);
  return program;
}
