import { ConnectionFailed, NotYet } from '#lab';
import type { CheckTools, HttpAnswer, NestedImage, RoleContainer } from '#lab';
import { findLeaks } from './leaks.ts';
import type lab from './lab.ts';
import { seal, type Secret } from './secrets.ts';

export type Tools = CheckTools<typeof lab>;

export const workerPort = 8080;
const apiPort = 9000;
const artifactPath = '/app/artifact';

const evidenceLines = 4;

export function findWorker({ sandbox }: Tools): Promise<RoleContainer> {
  return sandbox.role({ label: 'worker', port: workerPort });
}

/** internal-api, after it has refused a token and a password that nobody has ever had. */
export async function findApi(tools: Tools): Promise<RoleContainer> {
  const { sandbox, notYet } = tools;
  const api = await sandbox.role({ label: 'internal-api', port: apiPort });
  for (const answer of [await askArtifact(tools, api, '0', sandbox.random()), await askOrder(tools, api, '0', sandbox.random())])
    if (answer.status !== 401) throw notYet('api-lets-all-in', [`internal-api, asked with something random: status ${answer.status}, expected 401`]);
  return api;
}

export function askArtifact(tools: Tools, api: RoleContainer, version: string, token: string): Promise<HttpAnswer> {
  return ask(tools, api, `/cgi-bin/artifact?version=${version}`, { 'private-token': token });
}

export function askOrder(tools: Tools, api: RoleContainer, nonce: string, password: string): Promise<HttpAnswer> {
  return ask(tools, api, `/cgi-bin/order?nonce=${nonce}`, { 'orders-password': password });
}

async function ask({ notYet }: Tools, api: RoleContainer, path: string, headers: Readonly<Record<string, string>>): Promise<HttpAnswer> {
  const answer = await api.http({ path, port: apiPort, headers }).catch((error: unknown) => {
    if (!(error instanceof ConnectionFailed)) throw error;
    throw notYet('api-broken', [`GET ${path} on port ${apiPort}: ${error.message}`]);
  });
  if (!answer.answeredByContainer) throw new NotYet('service-elsewhere', [`port ${apiPort} is answered by a process outside of container ${api.name}`]);
  return answer;
}

/** Words of an artifact that internal-api has handed out; undefined when it has not written this. */
export function parseArtifact({ sandbox }: Tools, text: string): { readonly version: string; readonly client: string } | undefined {
  const [, version, client, proof] = /^artifact (\S+) (\S+) ([0-9a-f]{64})$/.exec(text.trim()) ?? [];
  if (version === undefined || client === undefined || proof !== seal(sandbox, 'artifact', version, client)) return undefined;
  return { version, client };
}

/** The artifact in an image. Throws NotYet (`no-artifact`). */
export async function artifactOf(tools: Tools, image: NestedImage): Promise<{ readonly version: string; readonly client: string }> {
  const content = Buffer.from((await image.readFile(artifactPath)) ?? []).toString();
  const artifact = parseArtifact(tools, content.slice(0, 1000));
  if (artifact === undefined)
    throw tools.notYet('no-artifact', [`${artifactPath} of image ${image.id}: ${content.slice(0, 100).trim() || 'missing or empty'}`]);
  return artifact;
}

/** Throws NotYet with the most telling message when something in the image gives a secret away. */
export async function proveClean(tools: Tools, image: NestedImage, secrets: readonly Secret[]): Promise<string> {
  const leaks = await findLeaks(tools.sandbox, image, secrets);
  const [first] = leaks;
  const messages = { config: 'secret-in-config', layer: 'secret-in-layer', key: 'key-in-layer', file: 'files-in-layer' } as const;
  if (first !== undefined)
    throw tools.notYet(
      messages[first.kind],
      leaks.slice(0, evidenceLines).map(({ evidence }) => evidence),
    );
  return `${image.layers.length} layers, configuration and history: none of ${secrets.length} secrets, no private key, no .git, no .env`;
}
