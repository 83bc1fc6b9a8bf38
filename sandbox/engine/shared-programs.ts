import { createReadStream } from 'node:fs';
import { access, chmod, mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import type { MountSettings } from 'dockerode';
import { run } from '../host/run.ts';
import { unlessGone, type Engine } from './connection.ts';
import { labels } from './labels.ts';

/** Where the large programs (dockerd, containerd, …) lie in an image, and where the machine's copy of them is mounted in a Docker host. */
export const programsInDockerHost = '/usr/lib/schott/programs';

/** What runs in every Docker host; the rest of the copy is read when somebody needs it. */
const everywhere = ['dockerd', 'containerd', 'containerd-shim-runc-v2', 'runc', 'docker'];

/**
 * The machine's directory with the large programs of an image: the same files for every sandbox, so that their pages are in memory once
 * (snapshots of btrfs have inodes, and pages, of their own). The image has them too: a Docker host works without the mount.
 */
export async function sharedPrograms(engine: Engine, image: string): Promise<string> {
  const { Config } = await engine.getImage(image).inspect();
  const name = Config.Labels?.[labels.programs];
  if (!name) throw new Error(`Cannot tell the programs of image "${image}": it has no label ${labels.programs}`);
  return join(await directoryOf(engine), name);
}

/**
 * Where it is mounted, as Docker's API takes it. What keeps a sandbox from writing is the directory itself, see `ensureSharedPrograms`: the mount, read-only as it
 * is, belongs to the sandbox, whose root can make it writable or unmount it.
 */
export function programsMount(programs: string): MountSettings {
  return { Type: 'bind', Source: programs, Target: programsInDockerHost, ReadOnly: true, BindOptions: { Propagation: 'private' } };
}

/**
 * Makes the directory unless it is there. It is a read-only btrfs subvolume, and its files belong to the machine's root: a sandbox, whose ids are
 * all others, can neither make it writable (btrfs asks for the owner) nor write if it were.
 */
export async function ensureSharedPrograms(engine: Engine, image: string): Promise<void> {
  const directory = await sharedPrograms(engine, image);
  if (!(await exists(directory))) await make(engine, image, directory);
  await readAhead(directory);
}

/** Removes copies that belong to no image, and so to no sandbox, and what a killed run has left unfinished. */
export async function removeUnusedPrograms(engine: Engine): Promise<void> {
  const directory = await directoryOf(engine);
  const images = await engine.listImages({ filters: { label: [labels.programs] } });
  const used = new Set(images.map((image) => image.Labels?.[labels.programs]));
  for (const name of await readdir(directory).catch(() => [])) if (!used.has(name)) await run('btrfs', ['subvolume', 'delete', join(directory, name)]);
}

/** On the pool, which the engine knows by the place of its data (`<pool>/engine/<uid>.<gid>`). */
async function directoryOf(engine: Engine): Promise<string> {
  const { DockerRootDir } = (await engine.info()) as { DockerRootDir: string };
  return join(dirname(dirname(DockerRootDir)), 'programs');
}

async function make(engine: Engine, image: string, directory: string): Promise<void> {
  await mkdir(dirname(directory), { recursive: true });
  await chmod(dirname(directory), 0o711);
  const unfinished = `${directory}.unfinished`;
  if (await exists(unfinished)) await run('btrfs', ['subvolume', 'delete', unfinished]);
  await run('btrfs', ['subvolume', 'create', unfinished]);
  // The keeper's umask lets nobody in.
  await chmod(unfinished, 0o755);
  await copyFromImage(engine, image, unfinished);
  // A snapshot is there at once or not at all.
  await run('btrfs', ['subvolume', 'snapshot', '-r', unfinished, directory]);
  await run('btrfs', ['subvolume', 'delete', unfinished]);
}

/** The image is ours and no learner has been in it; its container is never started. */
async function copyFromImage(engine: Engine, image: string, target: string): Promise<void> {
  const container = await engine.createContainer({ Image: image, Cmd: ['true'], Labels: { [labels.kind]: 'bake', [labels.owner]: `cli:${process.pid}` } });
  try {
    const unpack = spawn('tar', ['--extract', '--strip-components=1', '--no-same-owner', '--same-permissions', `--directory=${target}`], {
      stdio: ['pipe', 'inherit', 'inherit'],
    });
    const ended = once(unpack, 'exit');
    await pipeline(await container.getArchive({ path: programsInDockerHost }), unpack.stdin);
    const [status] = (await ended) as [number | null];
    if (status !== 0) throw new Error(`Cannot copy the programs of image "${image}": tar ended with ${status}`);
  } finally {
    await unlessGone(container.remove({ force: true }));
  }
}

/** Whoever reads a page first has it counted as theirs: pages that we have read are no sandbox's, and none can have them thrown out at its own limit. */
async function readAhead(directory: string): Promise<void> {
  for (const program of everywhere) for await (const _ of createReadStream(join(directory, program), { highWaterMark: 1024 * 1024 }));
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
