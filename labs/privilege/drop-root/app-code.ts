import type { FileFacts, KernelProcess, NestedImage, RoleContainer } from '#lab';
import { isBelow } from './container-mounts.ts';

export interface AppCode {
  /** Places at which the program that Node runs may lie. */
  readonly scripts: readonly string[];
  /** Files of the image that belong to the program. */
  readonly files: readonly string[];
}

const mostFiles = 400;

/**
 * What must not be changed by the app itself. A process may call itself what it likes, so the command line is only one of the sources:
 * the container's command and every server.js of the image count as well. `uploads` is where uploads are stored.
 */
export async function appCode(role: RoleContainer, image: NestedImage, uploads: string | undefined): Promise<AppCode> {
  const files = (await image.files()).filter(({ kind }) => kind === 'file');
  const paths = new Set(files.map(({ path }) => path));
  const words = [...commandWords(await role.processes()), ...configWords(role)];
  const named = words.flatMap((word) => spellings(word, workingDirectory(role))).filter((path) => /\.[cm]?[jt]s$/.test(path));
  const isUpload = (path: string) => uploads !== undefined && isBelow(path, uploads);
  const inImage = [...paths].filter((path) => /\/server\.[cm]?js$/.test(path) && !path.includes('/node_modules/') && !isUpload(path));
  const scripts = [...new Set([...named, ...inImage])];
  const directories = new Set(scripts.filter((path) => paths.has(path)).map(directoryOf));
  const code = files.filter((file) => isCode(file, directories) && !isUpload(file.path));
  return { scripts, files: code.map(({ path }) => path).slice(0, mostFiles) };
}

export function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

/** What stands behind `node` on a command line. */
function commandWords(processes: readonly KernelProcess[]): readonly string[] {
  return processes.flatMap(({ commandLine }) => commandLine.split(/[\s\0]+/).slice(1));
}

function configWords({ config }: RoleContainer): readonly string[] {
  return [config['Entrypoint'], config['Cmd']].flatMap((words) => (Array.isArray(words) ? words.map(String) : [])).flatMap((words) => words.split(/\s+/));
}

function workingDirectory({ config }: RoleContainer): string {
  return typeof config['WorkingDir'] === 'string' && config['WorkingDir'] !== '' ? config['WorkingDir'] : '/';
}

/** `node server` runs server.js, `node .` runs index.js. */
function spellings(word: string, directory: string): readonly string[] {
  if (word === '' || word.startsWith('-') || !/^[\w./@+-]+$/.test(word)) return [];
  const path = new URL(word, `file://${directory.replace(/\/?$/, '/')}`).pathname.replace(/(.)\/$/, '$1');
  return [path, `${path}.js`, `${path === '/' ? '' : path}/index.js`];
}

function isCode({ path, size }: FileFacts, directories: ReadonlySet<string>): boolean {
  if (size === 0) return false;
  return [...directories].some((directory) => (directory === '/' ? path.lastIndexOf('/') === 0 : isBelow(path, directory)));
}
