import type { FileFacts, RoleContainer, SandboxView } from '#lab';
import { diskBounds } from './disk.ts';
import type { Shortcoming } from './limits.ts';
import { askQuickly, mebibyte, show, type Reply } from './services.ts';

export interface Spam {
  readonly reply: Reply;
  /** Size of all log files together afterwards. */
  readonly bytes: number;
  /** A log file holds what thumbs wrote just now. False also when the driver keeps no file. */
  readonly isLogged: boolean;
}

/** The driver and its options as the engine applies them, its own defaults included. */
export function logShortcoming(thumbs: RoleContainer): Shortcoming | undefined {
  const { driver, options } = logConfig(thumbs);
  const evidence = [`log driver ${driver}, options ${JSON.stringify(options)}`];
  const size = bytesOf(options['max-size'] ?? (driver === 'local' ? '20m' : '-1'));
  const files = Number(options['max-file'] ?? (driver === 'local' ? '5' : '1'));
  /* `local` compresses what it has rotated out, unless told not to. */
  const uncompressed = driver === 'local' && options['compress'] !== 'false' ? 1 : files;
  if (driver !== 'json-file' && driver !== 'local') return undefined;
  return size === undefined || size * uncompressed > diskBounds.logBytes ? { message: 'log-unbounded', evidence } : undefined;
}

/** Makes thumbs log 30 MB, and looks at what that leaves on the Docker host's disk. */
export async function spam(sandbox: SandboxView, thumbs: RoleContainer, engineRoot: string): Promise<Spam> {
  const tag = sandbox.random(8);
  const reply = await askQuickly(sandbox, 8083, `/spam?mb=30&tag=${tag}`, 8000);
  /* The engine writes the last lines a moment after thumbs has printed them. */
  await sandbox.sleep(300);
  let files = await logFiles(sandbox, thumbs, engineRoot);
  /* A rotated file is compressed in the background. */
  for (let tries = 0; tries < 4 && total(files) > diskBounds.logBytes; tries++) {
    await sandbox.sleep(400);
    files = await logFiles(sandbox, thumbs, engineRoot);
  }
  const current = files.filter((file) => /(-json\.log|\/container\.log)$/.test(file.path) && file.size < 24 * mebibyte);
  const contents = await Promise.all(current.map((file) => sandbox.readFile(file.path, 24 * mebibyte)));
  return { reply, bytes: total(files), isLogged: contents.some((bytes) => bytes !== undefined && new TextDecoder('latin1').decode(bytes).includes(tag)) };
}

export function spamShortcoming(thumbs: RoleContainer, { reply, bytes, isLogged }: Spam): Shortcoming | undefined {
  const evidence = [show(reply), `log files on the Docker host: ${bytes} bytes`];
  if (bytes > diskBounds.logBytes * 1.05) return { message: 'log-unbounded', evidence };
  const { driver } = logConfig(thumbs);
  if (reply.status !== 200 || ((driver === 'json-file' || driver === 'local') && !isLogged)) return { message: 'bugs-gone', evidence };
  return undefined;
}

function logConfig(thumbs: RoleContainer): { driver: string; options: Readonly<Record<string, string>> } {
  const config = (thumbs.hostConfig['LogConfig'] ?? {}) as { Type?: string; Config?: Record<string, string> | null };
  return { driver: config.Type ?? '', options: config.Config ?? {} };
}

/** Docker's own folder of the container; and /var/log, where a driver for the host's log would write. */
async function logFiles(sandbox: SandboxView, thumbs: RoleContainer, engineRoot: string): Promise<readonly FileFacts[]> {
  const { driver } = logConfig(thumbs);
  const folders = [`${engineRoot}/containers/${thumbs.id}`, ...(driver === 'syslog' || driver === 'journald' ? ['/var/log'] : [])];
  const files = await Promise.all(folders.map((folder) => sandbox.list(folder)));
  return files
    .flat()
    .filter((file) => file.kind === 'file' && !/\/(config\.v2|hostconfig)\.json$|\/(hosts|hostname|resolv\.conf|resolv\.conf\.hash)$/.test(file.path));
}

function total(files: readonly FileFacts[]): number {
  return files.reduce((sum, file) => sum + file.size, 0);
}

/** Docker's size texts (`10m`, `512k`); undefined when there is no limit. */
function bytesOf(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?$/i.exec(text.trim());
  return match === null ? undefined : Number(match[1]) * 1024 ** ['', 'k', 'm', 'g', 't'].indexOf((match[2] ?? '').toLowerCase());
}
