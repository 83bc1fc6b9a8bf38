import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHash } from '#sandbox/images/content-hash.ts';
import { run } from '#sandbox/host/run.ts';
import { project } from './options.ts';

const sources = ['content', 'labs', 'public', 'src/site', 'src/lab', 'src/protocol', 'astro.config.mjs', 'package-lock.json'].map((path) =>
  join(project, path),
);
const stamp = join(project, 'dist/.built-from');

/** Builds the site unless it was built from the same sources. Says whether it did. */
export async function buildSite(onLine: (line: string) => void): Promise<boolean> {
  const hash = await contentHash(sources);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === hash) return false;
  await rm(stamp, { force: true });
  await run(process.execPath, [join(project, 'node_modules/astro/bin/astro.mjs'), 'build'], {
    cwd: project,
    onLine,
    environment: { ASTRO_TELEMETRY_DISABLED: '1' },
  });
  await writeFile(stamp, hash);
  return true;
}
