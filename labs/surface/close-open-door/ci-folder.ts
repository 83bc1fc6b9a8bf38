import type { SandboxView } from '#lab';
import type { Tools } from './shop.ts';

export const ciFolder = '/srv/ci';

/** The user whose jobs stay on the Docker host. */
export const localUser = 'deploy';

/** How CI reaches Docker, as `/srv/ci/env` says. */
export type CiWay =
  | { readonly kind: 'local'; readonly host: string }
  | { readonly kind: 'plain'; readonly host: string }
  | { readonly kind: 'tls'; readonly host: string; readonly name: string; readonly port: number; readonly folder: string }
  | { readonly kind: 'unclear'; readonly host: string; readonly reason: string };

/** What the docker command needs to show who it is, and to know who it speaks to. All PEM. */
export interface CiFiles {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

const ways = new WeakMap<SandboxView, Promise<CiWay>>();
const filesRead = new WeakMap<SandboxView, Promise<{ files: CiFiles } | { missing: string }>>();

/** Reads `/srv/ci/env` as the docker command would understand it, once a run. */
export function readCiWay({ sandbox }: Tools): Promise<CiWay> {
  const known = ways.get(sandbox) ?? readWay(sandbox);
  ways.set(sandbox, known);
  return known;
}

/** The three files in the folder that DOCKER_CERT_PATH names, read once a run; or the first one that is missing. */
export function readCiFiles({ sandbox }: Tools, folder: string): Promise<{ files: CiFiles } | { missing: string }> {
  const known = filesRead.get(sandbox) ?? readFiles(sandbox, folder);
  filesRead.set(sandbox, known);
  return known;
}

async function readWay(sandbox: SandboxView): Promise<CiWay> {
  const content = await readText(sandbox, `${ciFolder}/env`);
  if (content === undefined) return { kind: 'unclear', host: '', reason: `there is no ${ciFolder}/env` };
  const variables = parseEnvironment(content);
  const host = variables.get('DOCKER_HOST') ?? '';
  if (host === '' || host.startsWith('unix://')) return { kind: 'local', host: host === '' ? 'unix:///var/run/docker.sock' : host };
  const [, name, port] = /^(?:tcp|https):\/\/([^:/[\]]+):(\d{1,5})\/?$/.exec(host) ?? [];
  if (name === undefined || port === undefined || Number(port) > 65_535) return { kind: 'unclear', host, reason: 'neither unix://… nor tcp://NAME:PORT' };
  if (name !== 'dockerhost' && name !== sandbox.address)
    return { kind: 'unclear', host, reason: `${name} is not what the CI machine calls this host: dockerhost or ${sandbox.address}` };
  if ((variables.get('DOCKER_TLS_VERIFY') ?? '') === '') return { kind: 'plain', host };
  const folder = absolute(variables.get('DOCKER_CERT_PATH') ?? '');
  if (folder === undefined)
    return { kind: 'unclear', host, reason: `DOCKER_CERT_PATH must lead to a folder in ${ciFolder}: nothing else is copied to the CI machine` };
  return { kind: 'tls', host, name, port: Number(port), folder };
}

async function readFiles(sandbox: SandboxView, folder: string): Promise<{ files: CiFiles } | { missing: string }> {
  const names = ['ca.pem', 'cert.pem', 'key.pem'];
  const [ca, certificate, key] = await Promise.all(names.map((name) => readText(sandbox, `${folder}/${name}`)));
  if (ca !== undefined && certificate !== undefined && key !== undefined) return { files: { ca, certificate, key } };
  return { missing: `${folder}/${[ca, certificate, key].map((content, index) => (content === undefined ? names[index] : undefined)).find(Boolean)}` };
}

async function readText(sandbox: SandboxView, path: string): Promise<string | undefined> {
  const content = await sandbox.readFile(path, 64 * 1024);
  return content === undefined ? undefined : Buffer.from(content).toString();
}

/** `NAME=value` lines, as a shell reads them: `export`, quotes and comments included; a later line counts. */
function parseEnvironment(content: string): Map<string, string> {
  const variables = new Map<string, string>();
  for (const line of content.split('\n')) {
    const [, name, value = ''] = /^\s*(?:export\s+)?([A-Z_]+)=(.*?)\s*(?:\s#.*)?$/.exec(line) ?? [];
    if (name !== undefined) variables.set(name, value.replace(/^(['"])(.*)\1$/, '$2'));
  }
  return variables;
}

/** Relative to the folder, where the job runs; `$PWD` and `$(pwd)` say the same. */
function absolute(path: string): string | undefined {
  const parts: string[] = [];
  const expanded = path.replace(/^(\$\{?PWD\}?|\$\(pwd\))/, '.');
  for (const part of (expanded.startsWith('/') ? expanded : `${ciFolder}/${expanded}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  const whole = `/${parts.join('/')}`;
  return path !== '' && (whole === ciFolder || whole.startsWith(`${ciFolder}/`)) ? whole : undefined;
}
