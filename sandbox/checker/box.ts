import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import tar from 'tar-stream';
import { Inconclusive, NotYet } from '#lab';
import type { ScriptResult } from '#lab';
import { statusOf, unlessGone, type Container } from '../engine/connection.ts';
import { execute } from '../engine/execute.ts';
import { boxFolder, nobody } from '../engine/sandbox-container.ts';
import type { Subject } from './subject.ts';
import { upTo } from './up-to.ts';

const defaultLimitMs = 20_000;
const clearLimitMs = 5000;
/** Longer than the longest run of checks. */
const lifetimeSeconds = 180;
const maxImageBytes = 512 * 1024 ** 2;
const imageFile = 'image.tar';

/** Ends what an earlier program has left running, and empties whatever nobody may write to. */
const clearing = `kill -KILL -- -1; cd /; chmod -R u+rwX ${boxFolder}; find ${boxFolder} /tmp /var/tmp /dev/shm -xdev -mindepth 1 -delete; exit 0`;

export interface BoxWork {
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Image of the nested engine, by name or id. */
  readonly image?: string;
  readonly timeoutMs?: number;
}

/** Runs programs of the baked image out of the learner's reach; see `SandboxView.runInBox`. */
export interface Box {
  run(command: readonly string[], work?: BoxWork): Promise<ScriptResult>;
}

/** A box that is started when it is first needed and removed when the run of checks ends. It does one thing at a time, each in an empty folder. */
export function boxOf(subject: Subject): Box {
  let current: Promise<Container> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const start = (): Promise<Container> => {
    const starting = subject.parts.startBox(lifetimeSeconds);
    subject.atEnd(async () => unlessGone((await starting).remove({ force: true, v: true })));
    return starting;
  };

  /** What does not end in time is removed with its box. */
  const discard = async (): Promise<void> => {
    const box = current;
    current = undefined;
    if (box !== undefined) await box.then((container) => unlessGone(container.remove({ force: true, v: true }))).catch(() => undefined);
  };

  const runNow = async (command: readonly string[], { files = {}, image, timeoutMs = defaultLimitMs }: BoxWork): Promise<ScriptResult> => {
    const limit = AbortSignal.any([AbortSignal.timeout(timeoutMs), subject.signal]);
    try {
      const isFresh = current === undefined;
      current ??= start();
      const box = await current;
      if (!isFresh) await execute(box, ['/bin/bash', '-c', clearing], { signal: AbortSignal.timeout(clearLimitMs) });
      await box.putArchive(packed(files), { path: '/' });
      if (image !== undefined) await putImage(subject, box, image, limit);
      const { exitCode, output } = await execute(box, command, { directory: boxFolder, signal: limit });
      limit.throwIfAborted();
      return { ok: exitCode === 0, exitCode, output };
    } catch (error) {
      await discard();
      if (error instanceof NotYet || error instanceof Inconclusive) throw error;
      if (limit.aborted) throw new Inconclusive('box-failed', [`${command[0] ?? ''} did not end within ${timeoutMs / 1000} s`]);
      throw new Inconclusive('box-failed', [error instanceof Error ? error.message.slice(0, 300) : String(error)]);
    }
  };

  return {
    run(command, work = {}) {
      const result = last.then(() => runNow(command, work));
      last = result.catch(() => undefined);
      return result;
    },
  };
}

/** The box's folder with the files in it, all of which belong to nobody. */
function packed(files: Readonly<Record<string, string | Uint8Array>>): NodeJS.ReadableStream {
  const owner = { uid: nobody, gid: nobody };
  const root = boxFolder.slice(1);
  const pack = tar.pack();
  const folders = new Set([root]);
  for (const name of Object.keys(files)) {
    if (name === '' || name.startsWith('/') || name.split('/').includes('..'))
      throw new Error(`Cannot put file "${name}" into the box: its path leads out of it`);
    const parts = `${root}/${name}`.split('/');
    for (let length = 2; length < parts.length; length++) folders.add(parts.slice(0, length).join('/'));
  }
  for (const folder of folders) pack.entry({ name: `${folder}/`, type: 'directory', mode: 0o755, ...owner });
  for (const [name, content] of Object.entries(files)) pack.entry({ name: `${root}/${name}`, mode: 0o644, ...owner }, Buffer.from(content));
  pack.finalize();
  return pack.pipe(new PassThrough());
}

/** Hands on the nested engine's archive byte by byte: nothing of it is looked at here. */
async function putImage(subject: Subject, box: Container, image: string, signal: AbortSignal): Promise<void> {
  const source = (await subject.nestedStreams
    .getImage(image)
    .get()
    .catch((error: unknown) => {
      if (statusOf(error) === 404) throw new NotYet('role-missing', [`there is no image ${image}`]);
      throw error;
    })) as Readable;
  const exec = await box.exec({ Cmd: ['/bin/sh', '-c', `cat > ${boxFolder}/${imageFile}`], AttachStdin: true, AttachStdout: true, AttachStderr: true });
  const target = await exec.start({ hijack: true, stdin: true });
  const ended = new Promise<void>((resolve) => target.once('end', resolve).once('close', resolve));
  target.resume();
  await pipeline(source, upTo(maxImageBytes, `image ${image}`), target, { signal });
  await ended;
  const { ExitCode } = await exec.inspect();
  if (ExitCode !== 0) throw new Error(`image ${image} does not fit into the box`);
}
