import { createHash } from 'node:crypto';
import { ConnectionFailed } from '#lab';
import type { CheckTools, HttpAnswer, HttpRequest, SandboxView } from '#lab';
import type lab from './lab.ts';

export type Tools = CheckTools<typeof lab>;

export const port = 5000;
export const registryName = 'registry.lab:5000';
export const repository = 'shop/web';

const acceptManifests = ['application/vnd.docker.distribution.manifest.v2+json', 'application/vnd.oci.image.manifest.v1+json'].join(', ');
const maxManifestBytes = 256 * 1024;

/** The part of a manifest that is looked at (Docker's schema 2 and OCI's have it alike). */
export interface Manifest {
  readonly mediaType?: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

export interface Descriptor {
  readonly mediaType: string;
  readonly size: number;
  readonly digest: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The registry, asked from CI's network, as the API of Distribution describes it. */
export interface Registry {
  /** One request, with CI's name and password unless `login` says otherwise (null: none). Throws NotYet (`registry-away`) when there is no answer. */
  ask(request: RegistryRequest): Promise<HttpAnswer>;
  /** The manifest behind a tag or digest, proven by its hash in the latter case; undefined when there is none. */
  manifest(reference: string): Promise<{ digest: string; text: string; manifest: Manifest } | undefined>;
  /** Content of a small blob, proven by its hash. */
  blob(digest: string): Promise<string | undefined>;
  /** Stores a blob and gives its description. Throws NotYet (`ci-cannot-push`). */
  pushBlob(content: string, mediaType: string): Promise<Descriptor>;
  /** Stores a manifest under a tag and gives its digest. Throws NotYet (`ci-cannot-push`). */
  pushManifest(tag: string, manifest: unknown, mediaType: string): Promise<string>;
  /** Removes a manifest, as far as the registry allows it. */
  remove(digest: string): Promise<void>;
}

export interface RegistryRequest extends Pick<HttpRequest, 'method' | 'body' | 'headers'> {
  readonly path: string;
  readonly login?: string | null;
}

/** A registry with TLS is all right, too. */
export async function openRegistry(tools: Tools): Promise<Registry> {
  const { sandbox, notYet } = tools;
  const credentials = await readCredentials(sandbox);
  const answerTo = (request: RegistryRequest, tls: HttpRequest['tls']): Promise<HttpAnswer> => {
    const { login = credentials, headers, ...rest } = request;
    const authorization = login === null || login === undefined ? {} : { authorization: `Basic ${Buffer.from(login).toString('base64')}` };
    return sandbox.http({ port, ...(tls === undefined ? {} : { tls }), ...rest, headers: { ...authorization, ...headers } }).catch((error: unknown) => {
      if (!(error instanceof ConnectionFailed)) throw error;
      throw notYet('registry-away', [`${request.method ?? 'GET'} ${request.path}: ${error.message}`]);
    });
  };
  const first = await answerTo({ path: '/v2/', login: null }, undefined);
  const tls = first.status === 400 ? {} : undefined;
  const ask = (request: RegistryRequest): Promise<HttpAnswer> => answerTo(request, tls);
  const refused = (what: string, answer: HttpAnswer): Error =>
    notYet('ci-cannot-push', [
      `${what} as ${credentials?.split(':')[0] ?? 'nobody (there is no /srv/shop/registry-cred)'}: status ${answer.status} ${answer.body.trim().slice(0, 200)}`,
    ]);

  const registry: Registry = {
    ask,
    async manifest(reference) {
      const { status, body } = await ask({ path: `/v2/${repository}/manifests/${reference}`, headers: { accept: acceptManifests } });
      const digest = digestOf(body);
      if (status !== 200 || body.length > maxManifestBytes || (reference.startsWith('sha256:') && digest !== reference)) return undefined;
      const manifest = parse(body);
      return manifest === undefined ? undefined : { digest, text: body, manifest };
    },
    async blob(digest) {
      const { status, body } = await ask({ path: `/v2/${repository}/blobs/${digest}` });
      return status === 200 && digestOf(body) === digest ? body : undefined;
    },
    async pushBlob(content, mediaType) {
      const digest = digestOf(content);
      const start = await ask({ method: 'POST', path: `/v2/${repository}/blobs/uploads/` });
      const place = /^(?:https?:\/\/[^/]+)?(\/\S+)$/.exec(start.headers['location'] ?? '')?.[1];
      if (start.status !== 202 || place === undefined) throw refused('POST …/blobs/uploads/', start);
      const path = `${place}${place.includes('?') ? '&' : '?'}digest=${digest}`;
      const put = await ask({ method: 'PUT', path, body: content, headers: { 'content-type': 'application/octet-stream' } });
      if (put.status !== 201) throw refused('PUT …/blobs/uploads/…', put);
      return { mediaType, size: Buffer.byteLength(content), digest };
    },
    async pushManifest(tag, manifest, mediaType) {
      const body = JSON.stringify(manifest);
      const put = await ask({ method: 'PUT', path: `/v2/${repository}/manifests/${tag}`, body, headers: { 'content-type': mediaType } });
      if (put.status !== 201) throw refused(`PUT …/manifests/${tag}`, put);
      return digestOf(body);
    },
    async remove(digest) {
      await ask({ method: 'DELETE', path: `/v2/${repository}/manifests/${digest}` }).catch(() => undefined);
    },
  };
  return registry;
}

export function digestOf(content: string): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** `NAME:PASSWORD`, as setup.sh puts it there. */
export async function readCredentials(sandbox: SandboxView): Promise<string | undefined> {
  const content = await sandbox.readFile('/srv/shop/registry-cred', 4096);
  const line = Buffer.from(content ?? [])
    .toString()
    .trim();
  return /^[^:\s]+:\S+$/.test(line) ? line : undefined;
}

function parse(text: string): Manifest | undefined {
  try {
    const value = JSON.parse(text) as Partial<Manifest> | null;
    return typeof value?.config?.digest === 'string' && Array.isArray(value.layers) ? (value as Manifest) : undefined;
  } catch {
    return undefined;
  }
}
