import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, access } from 'node:fs/promises';
import { arch } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { cacheDirectory } from '../host/instance.ts';
import { run } from '../host/run.ts';

/** `image/packages.json` of a lab: programs that come from npm packages, pinned by version and content. */
const packageList = z.strictObject({
  npm: z.array(
    z.strictObject({
      name: z.string(),
      /** Only on machines of this kind. */
      architecture: z.enum(['amd64', 'arm64']).optional(),
      version: z.string(),
      /** As in a lock file: `sha512-…`. */
      integrity: z.string().startsWith('sha512-'),
      /** Folder name below `/bake/npm`. */
      as: z.string().regex(/^[a-z0-9-]+$/),
    }),
  ),
});

/** Fetches the packages that `image/packages.json` names and lays them into `target/npm/<as>`. */
export async function fetchNpmPackages(listFile: string, target: string): Promise<void> {
  const content = await readFile(listFile, 'utf8').catch(() => undefined);
  if (content === undefined) return;
  const machine = arch() === 'arm64' ? 'arm64' : 'amd64';
  for (const wanted of packageList.parse(JSON.parse(content)).npm) {
    if (wanted.architecture !== undefined && wanted.architecture !== machine) continue;
    const folder = await fetchPackage(`${wanted.name}@${wanted.version}`, wanted.integrity);
    await cp(folder, join(target, 'npm', wanted.as), { recursive: true });
  }
}

/** Gives the unpacked package's folder in the cache. */
async function fetchPackage(specifier: string, integrity: string): Promise<string> {
  const target = join(cacheDirectory, 'npm', createHash('sha256').update(integrity).digest('hex').slice(0, 16));
  if (
    await access(target).then(
      () => true,
      () => false,
    )
  )
    return target;
  await mkdir(join(cacheDirectory, 'npm'), { recursive: true });
  const work = await mkdtemp(join(cacheDirectory, 'npm', 'fetch-'));
  try {
    await run('npm', ['pack', '--silent', `--pack-destination=${work}`, specifier], { cwd: work });
    const [file] = await readdir(work);
    if (file === undefined) throw new Error(`Cannot fetch ${specifier}: npm pack wrote no file`);
    const actual = `sha512-${createHash('sha512')
      .update(await readFile(join(work, file)))
      .digest('base64')}`;
    if (actual !== integrity) throw new Error(`Cannot use ${specifier}: its content is ${actual}, expected ${integrity}`);
    await run('tar', ['--extract', '--gzip', `--file=${join(work, file)}`, `--directory=${work}`, '--no-same-owner']);
    await rename(join(work, 'package'), target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return target;
}
