import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '#sandbox/host/run.ts';
import { project } from './options.ts';
import { say } from './say.ts';

/** What the server reads of the project. */
const parts = ['package.json', 'node_modules', 'src', 'labs', 'dist'];

/**
 * The server runs as a user of its own and must be able to read the program. A project that was cloned or installed with a strict umask is
 * opened for reading, nothing else; folders above it stay closed, because the server sees the project through a mount of its own.
 */
export async function makeProjectReadable(): Promise<void> {
  const closed = (await Promise.all(['', 'src', 'src/server', 'labs', 'dist', 'node_modules', 'node_modules/fastify'].map(isClosed))).includes(true);
  if (!closed) return;
  say('server', 'opening the project for reading by the unprivileged server (chmod o+rX)');
  await run('chmod', ['o+rx', project]);
  await run('chmod', ['-R', 'o+rX', ...parts.map((part) => join(project, part))]);
}

async function isClosed(path: string): Promise<boolean> {
  const { mode } = await stat(join(project, path));
  return (mode & 0o005) !== 0o005;
}
