import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, access } from 'node:fs/promises';
import { arch } from 'node:os';
import { join } from 'node:path';
import { cacheDirectory } from '../host/instance.ts';
import { run } from '../host/run.ts';
import type { NpmPackage } from './package-list.ts';

/** Fetches those of the packages that are for this kind of machine, and lays them into `target/npm/<as>`. */
export async function fetchNpmPackages(packages: readonly NpmPackage[], target: string): Promise<void> {
  const machine = arch() === 'arm64' ? 'arm64' : 'amd64';
  for (const wanted of packages) {
    if (wanted.architecture !== undefined && wanted.architecture !== machine) continue;
    const folder = await fetchPackage(`${wanted.name}@${wanted.version}`, wanted.integrity);
    await cp(join(folder, wanted.folder ?? ''), join(target, 'npm', wanted.as), { recursive: true });
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
    // As npm does: whatever the top folder is called.
    await mkdir(join(work, 'package'));
    await run('tar', ['--extract', '--gzip', `--file=${join(work, file)}`, `--directory=${join(work, 'package')}`, '--strip-components=1', '--no-same-owner']);
    await rename(join(work, 'package'), target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return target;
}
