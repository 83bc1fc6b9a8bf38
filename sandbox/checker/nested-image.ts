import type { Readable } from 'node:stream';
import type { Container } from '../engine/connection.ts';
import { Inconclusive, NotYet } from '#lab';
import type { FileFacts, NestedImage } from '#lab';
import { readArchive, walkTar } from '../engine/archive.ts';
import { statusOf } from '../engine/connection.ts';
import { tooMuch } from './bounded-read.ts';
import { probeLabel } from './twin.ts';
import type { Subject } from './subject.ts';
import { walkLayers } from './walk-layers.ts';

const maxImageBytes = 4 * 1024 ** 3;

/**
 * File lists by sandbox and image id. An id names content, so a list does not go stale; but the learner can change the layers on the disk, and what one
 * sandbox shows must not stand for another.
 */
const fileLists = new Map<string, Promise<readonly FileFacts[]>>();
const maxFilesInList = 200_000;
/** Of all lists together; then they are read anew. */
const maxFilesKept = 500_000;
let filesKept = 0;

/** Describes an image of the nested engine; its files are read from a container that is created but never started. */
export async function describeImage(subject: Subject, reference: string): Promise<NestedImage> {
  const info = await subject.nested
    .getImage(reference)
    .inspect()
    .catch((error: unknown) => {
      if (statusOf(error) === 404) throw new NotYet('role-missing', [`there is no image ${reference}`]);
      throw error;
    });
  const user = info.Config?.User ?? '';
  let shell: Promise<string> | undefined;
  const container = async (): Promise<Container> => {
    shell ??= createContainer(subject, info.Id);
    return subject.nestedStreams.getContainer(await shell);
  };
  const readFile = async (path: string): Promise<Uint8Array | undefined> => {
    let content: Uint8Array | undefined;
    await readArchive(await container(), path, async (facts, read) => {
      if (facts.kind === 'file') content = await read();
      return false;
    });
    return content;
  };
  return {
    id: info.Id,
    user,
    resolvedUser: await resolveUser(user, readFile),
    layers: info.RootFS?.Layers ?? [],
    config: (info.Config ?? {}) as unknown as Record<string, unknown>,
    readFile,
    walkLayers: (visit) =>
      walkLayers(async () => (await subject.nestedStreams.getImage(reference).get()) as Readable, info.RootFS?.Layers ?? [], subject.signal, visit),
    files() {
      const key = `${subject.parts.id} ${info.Id}`;
      const known = fileLists.get(key);
      if (known !== undefined) return known;
      const list = container().then((created) => listFiles(created, subject.signal));
      fileLists.set(key, list);
      list.then(
        ({ length }) => {
          filesKept += length;
          if (filesKept <= maxFilesKept) return;
          fileLists.clear();
          filesKept = 0;
        },
        () => fileLists.delete(key),
      );
      return list;
    },
  };
}

async function createContainer(subject: Subject, image: string): Promise<string> {
  const container = await subject.nested
    .createContainer({ Image: image, Entrypoint: ['/never-started'], Labels: { [probeLabel]: subject.mark }, HostConfig: { NetworkMode: 'none' } })
    .catch((error: unknown) => {
      throw new Inconclusive('twin-failed', [`create: ${error instanceof Error ? error.message : String(error)}`]);
    });
  subject.ownContainers.add(container.id);
  subject.atEnd(() => container.remove({ force: true, v: true }));
  return container.id;
}

async function listFiles(container: Container, signal: AbortSignal): Promise<readonly FileFacts[]> {
  const files: FileFacts[] = [];
  await walkTar(
    (await container.export()) as Readable,
    async (facts) => {
      if (files.length === maxFilesInList) throw tooMuch(`the image holds more than ${maxFilesInList} files`);
      signal.throwIfAborted();
      files.push({ ...facts, path: `/${facts.path}` });
    },
    maxImageBytes,
  );
  return files;
}

/** `Config.User` is a name or number, optionally with a group: `app`, `app:www`, `10001:10001`. Empty means root. */
async function resolveUser(user: string, readFile: (path: string) => Promise<Uint8Array | undefined>): Promise<NestedImage['resolvedUser']> {
  if (user === '') return { uid: 0, gid: 0 };
  const [userPart = '', groupPart] = user.split(':');
  const passwd = await entries('/etc/passwd', readFile);
  const byName = passwd.find(([name, , uid]) => name === userPart || uid === userPart);
  const uid = /^\d+$/.test(userPart) ? Number(userPart) : Number(byName?.[2] ?? Number.NaN);
  let gid = Number(byName?.[3] ?? 0);
  if (groupPart !== undefined) {
    const group = (await entries('/etc/group', readFile)).find(([name]) => name === groupPart);
    gid = /^\d+$/.test(groupPart) ? Number(groupPart) : Number(group?.[2] ?? Number.NaN);
  }
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : undefined;
}

async function entries(path: string, readFile: (path: string) => Promise<Uint8Array | undefined>): Promise<string[][]> {
  const content = await readFile(path);
  return content === undefined
    ? []
    : Buffer.from(content)
        .toString()
        .split('\n')
        .map((line) => line.split(':'));
}
