import { copyFile, cp, mkdir, mkdtemp, readFile, readdir, rename, rm, access } from 'node:fs/promises';
import { arch } from 'node:os';
import { join } from 'node:path';
import type { Text } from '#lab';
import { bake } from './bake.ts';
import { contentHash } from './content-hash.ts';
import { hasImage, importImage } from '../engine/images.ts';
import type { Engine } from '../engine/connection.ts';
import { labels } from '../engine/labels.ts';
import { ensureSharedPrograms } from '../engine/shared-programs.ts';
import { cacheDirectory } from '../host/instance.ts';
import { replacementKey } from './replacements.ts';
import { ptyHostProgram, sysprobeProgram } from '../host/native-programs.ts';
import { run } from '../host/run.ts';

const folder = join(import.meta.dirname, 'base');
const suite = 'trixie';

/** Called with what is being done and how far it is, 0 to 1. */
export type OnProgress = (step: Text, fraction: number) => void;

/**
 * The Debian system every sandbox is made of, with its own Docker engine in it. Gives the image's name; builds it when this machine
 * has none with the same content.
 */
export async function ensureBaseImage(engine: Engine, onProgress: OnProgress): Promise<string> {
  const hash = await baseHash();
  const name = `schott/base:${hash}`;
  if (!(await hasImage(engine, name))) await buildBaseImage(engine, hash, name, onProgress);
  await ensureSharedPrograms(engine, name);
  return name;
}

async function buildBaseImage(engine: Engine, hash: string, name: string, onProgress: OnProgress): Promise<void> {
  const tarFile = await ensureRootFileSystem(hash, onProgress);
  const rawName = `schott/base-raw:${hash}`;
  onProgress({ de: 'Grundsystem wird eingelesen', en: 'importing the base system' }, 0.8);
  const tools = await readFile(toolsFile(tarFile), 'base64');
  await importImage(engine, tarFile, rawName, { [labels.content]: hash, [labels.tools]: tools, [labels.programs]: hash });
  onProgress({ de: 'Docker startet darin zum ersten Mal', en: 'starting Docker in it for the first time' }, 0.9);
  await bake(engine, { from: rawName, to: name, content: hash, lab: 'base', folder, onOutput: () => undefined });
}

/** The files in the cache that make up the base system, for a machine that cannot fetch it itself. */
export async function baseSystemFiles(onProgress: OnProgress): Promise<string[]> {
  const tarFile = await ensureRootFileSystem(await baseHash(), onProgress);
  return [tarFile, toolsFile(tarFile)];
}

/** Name of the base image that belongs to this version of the project. */
export async function baseImageName(): Promise<string> {
  return `schott/base:${await baseHash()}`;
}

async function baseHash(): Promise<string> {
  return contentHash([folder], [suite, arch(), await ptyHostProgram(), await sysprobeProgram()]);
}

/**
 * SHA-256 of the tools in an image made from the base, by name; under `replacementKey(name)` those that may run in their place in this image's lab.
 * They travel as labels of the image, which no sandbox can change.
 */
export async function toolHashesOf(engine: Engine, image: string): Promise<Readonly<Record<string, string>>> {
  const { Labels } = (await engine.getImage(image).inspect()).Config;
  const hashes: Record<string, string> = Object.fromEntries(entriesOf(Labels?.[labels.tools]));
  for (const [name, hash] of entriesOf(Labels?.[labels.replacements])) {
    const key = replacementKey(name);
    hashes[key] = [hashes[key], hash].filter(Boolean).join(' ');
  }
  return hashes;
}

/** A label's list: base64 of one `name SHA-256` a line. */
function entriesOf(label: string | undefined): Array<[name: string, hash: string]> {
  const lines = Buffer.from(label ?? '', 'base64')
    .toString()
    .trimEnd()
    .split('\n')
    .filter(Boolean);
  return lines.map((line) => line.split(' ') as [string, string]);
}

function toolsFile(tarFile: string): string {
  return `${tarFile}.tools`;
}

/** The system as a tar file in the cache. */
async function ensureRootFileSystem(hash: string, onProgress: OnProgress): Promise<string> {
  const target = join(cacheDirectory, `base-${hash}.tar`);
  if (
    await access(target).then(
      () => true,
      () => false,
    )
  )
    return target;
  await mkdir(cacheDirectory, { recursive: true });
  const work = await mkdtemp(join(cacheDirectory, 'base-'));
  try {
    await cp(join(folder, 'files'), join(work, 'files'), { recursive: true });
    await copyFile(await ptyHostProgram(), join(work, 'files/usr/lib/schott/pty-host'));
    await copyFile(await sysprobeProgram(), join(work, 'files/usr/local/bin/sysprobe'));
    // Folders and files get the modes they have in here, whatever umask the project was cloned with.
    await run('chmod', ['-R', 'u=rwX,go=rX', join(work, 'files')]);
    const packages = (await readFile(join(folder, 'packages.txt'), 'utf8')).trim().split('\n');
    const unfinished = join(work, 'base.tar');
    let lines = 0;
    await run(
      'mmdebstrap',
      [
        '--variant=minbase',
        `--include=${packages.join(',')}`,
        '--dpkgopt=path-exclude=/usr/share/doc/*',
        '--dpkgopt=path-exclude=/usr/share/man/*',
        '--dpkgopt=path-exclude=/usr/share/locale/*',
        `--customize-hook=sync-in ${join(work, 'files')} /`,
        `--customize-hook=${join(folder, 'customize.sh')} "$1" ${join(work, 'tools')}`,
        suite,
        unfinished,
      ],
      // mmdebstrap says little when it does not own a terminal: its lines only show that it lives.
      { onLine: () => onProgress({ de: `Debian ${suite} wird installiert`, en: `installing Debian ${suite}` }, Math.min(0.78, ++lines * 0.03)) },
    );
    await rename(join(work, 'tools'), toolsFile(target));
    await rename(unfinished, target);
    await removeOlderSystems(target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return target;
}

/** Half a gibibyte each: only the current one is worth its place. */
async function removeOlderSystems(current: string): Promise<void> {
  for (const name of await readdir(cacheDirectory)) {
    const file = join(cacheDirectory, name);
    if (/^base-[0-9a-f]{16}\.tar(\.tools)?$/.test(name) && !file.startsWith(current)) await rm(file, { force: true });
  }
}
