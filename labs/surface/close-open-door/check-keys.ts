import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Evidence } from '#lab';
import { ciFolder, readCiFiles, readCiWay, type CiFiles } from './ci-folder.ts';
import { findPrivateKeys, findServerKey, type PrivateKeyFile } from './private-keys.ts';
import type { Tools } from './shop.ts';

/** Extended key usages (RFC 5280, section 4.2.1.12). */
const clientAuth = '1.3.6.1.5.5.7.3.2';
const serverAuth = '1.3.6.1.5.5.7.3.1';

/** Each key lies only where it is needed, only its owner reads it, and CI's certificate is good for a client and nothing else. */
export async function checkKeys(tools: Tools): Promise<Evidence> {
  const { notYet } = tools;
  const way = await readCiWay(tools);
  if (way.kind === 'unclear') throw notYet('no-certificates', [`DOCKER_HOST=${way.host}: ${way.reason}`]);
  if (way.kind === 'plain') throw notYet('no-certificates', [`DOCKER_HOST=${way.host}, DOCKER_TLS_VERIFY is not set`]);
  const keys = await findPrivateKeys(tools);
  const evidence = way.kind === 'tls' ? await checkClient(tools, way.folder, keys) : [`CI stays on this host (${way.host}) and needs no key`];
  const readable = keys.find(({ readers }) => readers !== undefined);
  if (readable !== undefined) throw notYet('key-readable', [`${describe(readable)}, can be read by ${readable.readers}`]);
  return [...evidence, ...keys.map(describe)];
}

async function checkClient(tools: Tools, folder: string, keys: readonly PrivateKeyFile[]): Promise<Evidence> {
  const { notYet, sandbox } = tools;
  const read = await readCiFiles(tools, folder);
  if ('missing' in read) throw notYet('no-certificates', [`there is no ${read.missing}`]);
  const certificate = parseIdentity(tools, folder, read.files);
  const usages = certificate.keyUsage ?? [];
  const facts = [`${folder}/cert.pem: ${certificate.subject.replaceAll('\n', ', ')}, extended key usage ${usages.join(', ') || 'not limited'}`];
  if (certificate.ca) throw notYet('certificate-too-much', [...facts, 'basicConstraints CA:TRUE: with its key anybody can be given a certificate']);
  if (!usages.includes(clientAuth) || usages.includes(serverAuth)) throw notYet('certificate-too-much', facts);

  const own = certificate.publicKey.export({ type: 'spki', format: 'der' }).toString('hex');
  const foreign = keys.find(({ path, publicKey }) => path.startsWith(`${ciFolder}/`) && publicKey !== own);
  if (foreign !== undefined) throw notYet('foreign-key-in-ci', [`${foreign.path} is not the key of ${folder}/cert.pem`]);
  const others = keys.filter(({ path, publicKey }) => !path.startsWith(`${ciFolder}/`) && publicKey !== own);
  const serverKey = await findServerKey(sandbox);
  if (keys.some(({ path, publicKey }) => path === serverKey && publicKey === own))
    throw notYet('foreign-key-in-ci', [`${serverKey} and ${folder}/key.pem are the same key`]);
  if (others.length === 0) throw notYet('server-key-unknown', [`private keys found: ${keys.map(({ path }) => path).join(', ') || 'none'}`]);
  return facts;
}

function parseIdentity({ notYet }: Tools, folder: string, { certificate, key }: CiFiles): X509Certificate {
  try {
    const parsed = new X509Certificate(certificate);
    if (parsed.checkPrivateKey(createPrivateKey(key))) return parsed;
  } catch (error) {
    throw notYet('certificate-unreadable', [`${folder}: ${error instanceof Error ? error.message : String(error)}`]);
  }
  throw notYet('certificate-unreadable', [`${folder}: key.pem does not belong to cert.pem`]);
}

function describe({ path, mode, uid }: PrivateKeyFile): string {
  return `${path}: private key, mode ${mode.toString(8).padStart(4, '0')}, owner ${uid}`;
}
