import { basename, dirname } from 'node:path';
import { Inconclusive } from '#lab';
import type { FileFacts } from '#lab';
import { putFiles, readArchive, TooLarge } from '../engine/archive.ts';
import { execute } from '../engine/execute.ts';
import { tooMuch } from './bounded-read.ts';
import type { Subject } from './subject.ts';

const maxEntries = 100_000;
const probe = '/usr/lib/schott/probe/busybox';

/** Facts about one path of the Docker host; a link is not followed. */
export async function statFile(subject: Subject, path: string): Promise<FileFacts | undefined> {
  let found: FileFacts | undefined;
  await readArchive(subject.parts.dockerHost, path, async (facts) => {
    found = { ...inHostIds(subject, facts), path };
    return false;
  });
  return found;
}

/** Content of a regular file of the Docker host. */
export async function readHostFile(subject: Subject, path: string, maxBytes = 1024 * 1024): Promise<Uint8Array | undefined> {
  let content: Uint8Array | undefined;
  try {
    await readArchive(
      subject.parts.dockerHost,
      path,
      async (facts, read) => {
        if (facts.kind === 'file' && facts.size <= maxBytes) content = await read();
        return false;
      },
      maxBytes + 64 * 1024,
    );
  } catch (error) {
    if (error instanceof TooLarge) throw new Inconclusive('control-failed', [error.message]);
    throw error;
  }
  return content;
}

/** Facts about everything below a directory of the Docker host. Throws Inconclusive when there is more than a check looks at. */
export async function listFiles(subject: Subject, path: string): Promise<FileFacts[]> {
  const all: FileFacts[] = [];
  try {
    await readArchive(
      subject.parts.dockerHost,
      path,
      async (facts) => {
        if (all.length === maxEntries) throw tooMuch(`${path} holds more than ${maxEntries} files`);
        subject.signal.throwIfAborted();
        all.push(inHostIds(subject, facts));
      },
      512 * 1024 * 1024,
    );
  } catch (error) {
    if (error instanceof TooLarge) throw new Inconclusive('control-failed', [`${path} holds more than 512 MiB`]);
    throw error;
  }
  return all;
}

/** Puts a file on the Docker host until the run ends. */
export async function plantFile(
  subject: Subject,
  file: { path: string; content: string | Uint8Array; mode?: number; uid?: number; gid?: number },
): Promise<string> {
  const { path, ...facts } = file;
  await putFiles(subject.parts.dockerHost, dirname(path), [{ name: basename(path), ...facts }]);
  subject.atEnd(() => removeHostFile(subject, path));
  return path;
}

export async function removeHostFile(subject: Subject, path: string): Promise<void> {
  await execute(subject.parts.dockerHost, [probe, 'rm', '-f', path], { timeoutMs: 5000 });
}

/** The engine's archives number owners as the machine does; a check speaks of the Docker host's numbers. */
function inHostIds({ frame }: Subject, facts: FileFacts): FileFacts {
  const { uid, gid } = facts;
  return { ...facts, uid: uid >= frame.uidBase ? uid - frame.uidBase : uid, gid: gid >= frame.gidBase ? gid - frame.gidBase : gid };
}
