import { createHash } from 'node:crypto';
import { ConnectionFailed } from '#lab';
import type { Evidence } from '#lab';
import { findFormIn } from './forms.ts';
import { findLeaks } from './leaks.ts';
import { leakedSecrets } from './secrets.ts';
import type { Tools } from './services.ts';

const registryPort = 5000;
const blobsFolder = '/var/lib/registry/docker/registry/v2/blobs/sha256';
const accept = 'application/vnd.docker.distribution.manifest.v2+json';
/** Configurations are small, and hold all that the history tells. */
const maxConfigBytes = 64 * 1024;
const maxBlobs = 300;

/** Nothing on this host or in its registry gives the leaked secrets away any more, and the other images are still there. */
export async function checkRemoved(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const images = (await sandbox.engineApi('/images/json')) as readonly { Id: string; RepoTags: readonly string[] | null }[];
  for (const { Id, RepoTags } of images) {
    const [leak] = await findLeaks(sandbox, await sandbox.image(Id), leakedSecrets(sandbox));
    if (leak !== undefined && leak.kind !== 'file') throw notYet('old-image-here', [`${RepoTags?.join(', ') || Id}: ${leak.evidence}`]);
  }
  const other = await manifestOf(tools, 'shop/web');
  if (other === undefined) throw notYet('registry-broken', ['GET /v2/shop/web/manifests/1.0: not there any more']);
  const blobs = (await sandbox.list(blobsFolder)).filter(({ kind, size }) => kind === 'file' && size <= maxConfigBytes).slice(0, maxBlobs);
  if (!blobs.some(({ path }) => path.includes(other)))
    throw notYet('registry-broken', [`the registry delivers shop/web:1.0, but not from ${blobsFolder}: what else it holds cannot be seen`]);
  for (const { path } of blobs) {
    const content = Buffer.from((await sandbox.readFile(path, maxConfigBytes)) ?? []).toString('latin1');
    const secret = leakedSecrets(sandbox).find(({ forms }) => findFormIn(content, forms) !== undefined);
    if (secret === undefined) continue;
    const isTagged = (await manifestOf(tools, 'shop/worker')) !== undefined;
    throw notYet(isTagged ? 'old-tag-in-registry' : 'old-blobs-in-registry', [
      `${path}: ${secret.name}`,
      `shop/worker:1.0 in the registry: ${isTagged ? 'there' : 'gone'}`,
    ]);
  }
  return [`${images.length} images of this host: clean`, `${blobs.length} small blobs of the registry: clean`, 'shop/web:1.0 is still in the registry'];
}

/** SHA-256 of the manifest of tag 1.0; undefined when it is not there. */
async function manifestOf({ sandbox, notYet }: Tools, repository: string): Promise<string | undefined> {
  const path = `/v2/${repository}/manifests/1.0`;
  const { status, body } = await sandbox.http({ port: registryPort, path, headers: { accept } }).catch((error: unknown) => {
    if (!(error instanceof ConnectionFailed)) throw error;
    throw notYet('registry-broken', [`GET ${path} on port ${registryPort}: ${error.message}`]);
  });
  return status === 200 ? createHash('sha256').update(body).digest('hex') : undefined;
}
