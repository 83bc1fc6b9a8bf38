import { createPrivateKey, createPublicKey } from 'node:crypto';
import { Inconclusive } from '#lab';
import type { FileFacts, SandboxView } from '#lab';
import { ciFolder } from './ci-folder.ts';
import type { Tools } from './shop.ts';

/** A file with a private key in PEM. */
export interface PrivateKeyFile {
  readonly path: string;
  readonly mode: number;
  readonly uid: number;
  /** What the key belongs to, to compare keys by; undefined when the key is locked with a password. */
  readonly publicKey: string | undefined;
  /** Who else than root may read it (in CI's folder: than its owner); undefined: nobody. */
  readonly readers: string | undefined;
}

/** Where people keep keys. Others are found through dockerd's own settings. */
const usualPlaces = ['/etc/docker', '/root', '/srv', '/home', '/opt'];
const maxBytes = 64 * 1024;
const maxFiles = 200;

/** All private keys in the usual places and beside the files that dockerd was given. */
export async function findPrivateKeys({ sandbox }: Tools): Promise<PrivateKeyFile[]> {
  const serverKey = await findServerKey(sandbox);
  const folder = serverKey === undefined ? undefined : parentOf(serverKey);
  const places = folder === undefined || usualPlaces.some((place) => `${folder}/`.startsWith(`${place}/`)) ? usualPlaces : [...usualPlaces, folder];
  const facts = new Map((await Promise.all(places.map((place) => sandbox.list(place)))).flat().map((file) => [file.path, file]));
  const candidates = [...facts.values()].filter(
    ({ kind, size, path }) =>
      kind === 'file' && size > 0 && size <= maxBytes && (isNamedLikeKey(path) || path === serverKey || path.startsWith(`${ciFolder}/`)),
  );
  if (candidates.length > maxFiles) throw new Inconclusive('too-much', [`more than ${maxFiles} files could be private keys`]);
  const found = await Promise.all(candidates.map((file) => asPrivateKey(sandbox, file, facts)));
  return found.filter((file) => file !== undefined);
}

/** The file with dockerd's own key: from its start options, else from daemon.json. */
export async function findServerKey(sandbox: SandboxView): Promise<string | undefined> {
  const dockerd = (await sandbox.processes()).find(({ comm }) => comm === 'dockerd');
  const [, started] = /--tlskey[= ](\S+)/.exec(dockerd?.commandLine ?? '') ?? [];
  const settings = Buffer.from((await sandbox.readFile('/etc/docker/daemon.json')) ?? []).toString();
  const [, written] = /"tlskey"\s*:\s*"([^"\\]+)"/.exec(settings) ?? [];
  const path = started ?? written;
  return path?.startsWith('/') === true ? path : undefined;
}

function isNamedLikeKey(path: string): boolean {
  return /\.(pem|key|crt|cert)$|key/i.test(path);
}

async function asPrivateKey(sandbox: SandboxView, file: FileFacts, facts: ReadonlyMap<string, FileFacts>): Promise<PrivateKeyFile | undefined> {
  const { path, mode, uid } = file;
  const pem = Buffer.from((await sandbox.readFile(path, maxBytes)) ?? []).toString();
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) return undefined;
  return { path, mode, uid, publicKey: publicKeyOf(pem), readers: readersOf(file, facts) };
}

function publicKeyOf(pem: string): string | undefined {
  try {
    return createPublicKey(createPrivateKey(pem)).export({ type: 'spki', format: 'der' }).toString('hex');
  } catch {
    return undefined;
  }
}

/** Who gets as far as the file, past the directories above it. */
function readersOf({ path, mode, uid, gid }: FileFacts, facts: ReadonlyMap<string, FileFacts>): string | undefined {
  const above: FileFacts[] = [];
  for (let folder = parentOf(path); folder !== '/'; folder = parentOf(folder)) above.push(...[facts.get(folder)].filter((one) => one !== undefined));
  const letThrough = (bits: (folder: FileFacts) => number): boolean => above.every((folder) => bits(folder) !== 0);
  if ((mode & 0o004) !== 0 && letThrough((folder) => folder.mode & 0o001)) return 'everybody';
  if ((mode & 0o040) !== 0 && gid !== 0 && letThrough((folder) => folder.mode & (folder.gid === gid ? 0o010 : 0o001))) return `group ${gid}`;
  return uid !== 0 && !path.startsWith(`${ciFolder}/`) ? `user ${uid}` : undefined;
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}
