import type { Evidence } from '#lab';
import { port, readCredentials, repository, type RegistryRequest, type Tools } from './registry.ts';
import { registryOf } from './shop.ts';

const configType = 'application/vnd.docker.container.image.v1+json';
const manifestType = 'application/vnd.docker.distribution.manifest.v2+json';

/** Strangers may not write to the registry, and CI may. */
export async function checkPush(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const registry = await registryOf(tools);
  const name = (await readCredentials(sandbox))?.split(':')[0] ?? 'ci';
  const strangers = { 'without a name': null, [`as ${name} with a wrong password`]: `${name}:${sandbox.random()}` };
  const refusals: string[] = [];
  for (const [who, login] of Object.entries(strangers)) {
    for (const request of changes(sandbox.random())) {
      const answer = await registry.ask({ ...request, login });
      const line = `${request.method} ${request.path} ${who}: status ${answer.status}`;
      const upload = answer.headers['location'];
      if (answer.status === 202 && upload !== undefined) await registry.ask({ method: 'DELETE', path: upload.replace(/^https?:\/\/[^/]+/, ''), login });
      if (answer.status !== 401 && answer.status !== 403) throw notYet('push-open', [line]);
      refusals.push(line);
    }
  }

  refusals.push(...(await otherDoors(tools)));

  const tag = `canary-${sandbox.random(4)}`;
  const config = await registry.pushBlob(
    JSON.stringify({ architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: [] }, canary: sandbox.random() }),
    configType,
  );
  const digest = await registry.pushManifest(tag, { schemaVersion: 2, mediaType: manifestType, config, layers: [] }, manifestType);
  const found = await registry.manifest(tag);
  await registry.remove(digest);
  if (found?.digest !== digest) throw notYet('ci-cannot-push', [`pushed ${tag} as ${digest}, but the registry gives ${found?.digest ?? 'nothing'} for it`]);
  return [...refusals, `pushed ${repository}:${tag} as ${name} from CI’s network and got it back`];
}

/** A second registry on the same files would be a way in, too: on every other port somebody tries to begin an upload. */
async function otherDoors({ sandbox, notYet }: Tools): Promise<string[]> {
  const outside = (await sandbox.listeners()).filter(({ address }) => !address.startsWith('127.')).map((listener) => listener.port);
  const ports = [...new Set(outside)].filter((other) => other !== port);
  const answers = await Promise.all(
    ports.map((other) => sandbox.http({ port: other, method: 'POST', path: `/v2/${repository}/blobs/uploads/` }).catch(() => undefined)),
  );
  const open = ports.find((_, index) => answers[index]?.status === 202);
  if (open !== undefined) throw notYet('push-open', [`POST /v2/${repository}/blobs/uploads/ on port ${open} without a name: status 202`]);
  return ports.map(
    (other, index) => `POST /v2/…/blobs/uploads/ on port ${other}: ${answers[index] === undefined ? 'no answer' : `status ${answers[index].status}`}`,
  );
}

/** One of each kind of change: a new blob, a new manifest, one removed. */
function changes(name: string): RegistryRequest[] {
  const nothing = `sha256:${'0'.repeat(64)}`;
  return [
    { method: 'POST', path: `/v2/${repository}/blobs/uploads/` },
    { method: 'PUT', path: `/v2/${repository}/manifests/stranger-${name}`, body: '{}', headers: { 'content-type': manifestType } },
    { method: 'DELETE', path: `/v2/${repository}/manifests/${nothing}` },
  ];
}
