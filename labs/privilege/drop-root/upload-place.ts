import { NotYet } from '#lab';
import type { CheckTools, FileFacts, RoleContainer, SandboxView } from '#lab';
import type lab from './lab.ts';
import { isBelow, isTooLarge, join, mountedDirectories, pathBelow, type MountedDirectory } from './container-mounts.ts';

/** Where the uploads lay at the start. */
export const firstUploads = '/srv/uploads';

/** Where an uploaded file ended up. */
export type UploadPlace =
  | { readonly kind: 'disk'; readonly facts: FileFacts; readonly containerPath: string; readonly directory: MountedDirectory }
  | { readonly kind: 'private'; readonly mounts: readonly MountedDirectory[] };

/** Finds the file `name` that the app has just stored: in a volume or layer of the container, or in memory that only the container sees. */
export async function findUpload({ sandbox, notYet }: CheckTools<typeof lab>, role: RoleContainer, name: string): Promise<UploadPlace> {
  const own = await role.processes();
  const directories = await mountedDirectories(sandbox, own);
  for (const directory of inSearchOrder(directories)) {
    const facts = await findBelow(sandbox, directory, name);
    if (facts === undefined) continue;
    // A new file belongs to the user of the process that made it.
    if (!own.some(({ uids }) => uids.includes(facts.uid))) {
      await sandbox.removeFile(facts.path);
      throw new NotYet('service-elsewhere', [`${facts.path} belongs to uid ${facts.uid}; no process of container ${role.name} runs as that user`]);
    }
    return { kind: 'disk', facts, directory, containerPath: join(directory.container, pathBelow(facts.path, directory.host ?? '/')) };
  }
  const stranger = await findElsewhere(sandbox, new Set(own.map(({ namespaces }) => namespaces.mnt)), name);
  if (stranger !== undefined) {
    await sandbox.removeFile(stranger.path);
    throw new NotYet('service-elsewhere', [`What was sent to container ${role.name} was stored by another one: ${stranger.path}`]);
  }
  const hidden = directories.filter(({ host, container }) => host === undefined && container !== '/');
  if (hidden.length === 0) throw notYet('upload-not-found', [`${name} comes back over HTTP, but lies in no directory of container ${role.name}`]);
  return { kind: 'private', mounts: hidden };
}

/** Volumes before the container's own layer, and no directory of the Docker host that is too large to look through. */
function inSearchOrder(directories: readonly MountedDirectory[]): readonly MountedDirectory[] {
  return directories.filter(({ host }) => host !== undefined).toSorted((a, b) => Number(a.container === '/') - Number(b.container === '/'));
}

async function findBelow(sandbox: SandboxView, { host }: MountedDirectory, name: string): Promise<FileFacts | undefined> {
  if (host === undefined || (await sandbox.stat(host))?.kind !== 'directory') return undefined;
  const direct = await sandbox.stat(join(host, name));
  if (direct !== undefined) return direct;
  if (isTooLarge(host)) return isBelow(firstUploads, host) ? sandbox.stat(join(firstUploads, name)) : undefined;
  return (await listIfThere(sandbox, host)).find(({ path }) => path.endsWith(`/${name}`));
}

async function findElsewhere(sandbox: SandboxView, own: ReadonlySet<string>, name: string): Promise<FileFacts | undefined> {
  const host = await sandbox.hostProcess();
  const others = (await sandbox.processes()).filter(({ namespaces }) => namespaces.mnt !== host.namespaces.mnt && !own.has(namespaces.mnt));
  for (const directory of await mountedDirectories(sandbox, others)) {
    const facts = await findBelow(sandbox, directory, name);
    if (facts !== undefined) return facts;
  }
  return sandbox.stat(join(firstUploads, name));
}

/** A directory of the Docker host with everything below it, or the one file that is mounted; nothing when it is not there. */
export async function listIfThere(sandbox: SandboxView, path: string): Promise<readonly FileFacts[]> {
  const facts = await sandbox.stat(path);
  if (facts === undefined) return [];
  return facts.kind === 'directory' ? sandbox.list(path) : [facts];
}
