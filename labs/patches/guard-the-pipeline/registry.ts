import { createHash } from 'node:crypto';
import { ConnectionFailed, Inconclusive } from '#lab';
import type { CheckTools, HttpAnswer } from '#lab';
import type lab from './lab.ts';

export type Tools = CheckTools<typeof lab>;

/** Where the registry keeps what has ever been pushed under a name, its tags removed or not (CNCF Distribution's file system driver). */
export const storage = '/var/lib/registry/docker/registry/v2/repositories';
const port = 5000;
const manifestTypes = 'application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json';

export interface Shipped {
  /** Digest of the manifest, computed here. */
  readonly digest: string;
  /** Digest of the configuration, which is the id of the image in Docker. */
  readonly imageId: string;
}

/** What the registry has as `name:tag`, asked from outside; undefined when it has nothing there. */
export async function shippedImage(tools: Tools, name: string, tag: string): Promise<Shipped | undefined> {
  const answer = await ask(tools, `/v2/${name}/manifests/${tag}`, { accept: manifestTypes });
  if (answer.status !== 200) return undefined;
  const { config } = parse(answer.body) as { config?: { digest?: string } };
  return { digest: `sha256:${createHash('sha256').update(answer.body).digest('hex')}`, imageId: config?.digest ?? '' };
}

/** Names of all repositories in the registry. */
export async function repositories(tools: Tools): Promise<readonly string[]> {
  const answer = await ask(tools, '/v2/_catalog?n=1000');
  const names = (parse(answer.body) as { repositories?: unknown }).repositories;
  if (answer.status !== 200 || !Array.isArray(names)) throw new Inconclusive('control-failed', [`GET /v2/_catalog: ${answer.status}, no list of repositories`]);
  return names.map(String);
}

async function ask({ sandbox }: Tools, path: string, headers: Readonly<Record<string, string>> = {}): Promise<HttpAnswer> {
  return sandbox.http({ port, path, headers, timeoutMs: 5000 }).catch((error: unknown) => {
    if (!(error instanceof ConnectionFailed)) throw error;
    throw new Inconclusive('control-failed', [`GET ${path} on port ${port}: ${error.message}`, 'the registry must answer: systemctl restart registry']);
  });
}

function parse(text: string): object {
  try {
    return Object(JSON.parse(text)) as object;
  } catch {
    return {};
  }
}
