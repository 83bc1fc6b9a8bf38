import { ConnectionFailed, NotYet } from '#lab';
import type { CheckTools, Evidence, HttpAnswer, HttpRequest, RoleContainer, SandboxView } from '#lab';
import type lab from './lab.ts';
import { findUpload, type UploadPlace } from './upload-place.ts';

export type Tools = CheckTools<typeof lab>;

/** Identity of the app, as in start/srv/upload/server.js: `GET /id?nonce=N` answers with SHA-256 of `key:N`. */
const appKey = 'hafen-upload-7d1f';

/** A file that the check stored through the app; disposing removes it from the Docker host's disk where it can be reached. */
export interface StoredFile extends AsyncDisposable {
  readonly name: string;
  readonly place: UploadPlace;
}

/** The service with the proof that it works: what one upload and download in this run of checks showed. */
export interface ProvenService {
  readonly role: RoleContainer;
  readonly place: UploadPlace;
  readonly evidence: Evidence;
}

const proven = new WeakMap<SandboxView, Promise<ProvenService>>();

async function uploadService({ sandbox }: Tools): Promise<RoleContainer> {
  return sandbox.role({ label: 'upload', port: 8080, image: 'lab/node18' });
}

/** The positive control of every attack: a file goes in and comes out again, and this container stored it. Done once a run. */
export function workingService(tools: Tools): Promise<ProvenService> {
  const known = proven.get(tools.sandbox) ?? proveService(tools);
  proven.set(tools.sandbox, known);
  return known;
}

/**
 * For a check that asks nothing of the service: when uploads work, it must be this container that stores them and not one hidden behind
 * it. When they do not work, that is for other tasks to say.
 */
export async function uploadServiceItself(tools: Tools): Promise<RoleContainer> {
  const role = await uploadService(tools);
  try {
    await workingService(tools);
  } catch (error) {
    if (!(error instanceof NotYet) || error.messageId === 'service-elsewhere') throw error;
  }
  return role;
}

async function proveService(tools: Tools): Promise<ProvenService> {
  const role = await uploadService(tools);
  const page = await ask(tools, role, { path: '/' });
  if (page.status !== 200) throw tools.notYet('service-broken', [`GET /: ${page.status}`]);
  const identity = await proveIdentity(tools, role);
  await using stored = await storeFile(tools, role);
  return { role, place: stored.place, evidence: [identity, `POST /upload?name=${stored.name}, GET /files/${stored.name}: the same content`] };
}

/** One HTTP exchange with the service, which must be answered by a process of the container itself. */
export async function ask({ notYet }: Tools, role: RoleContainer, request: Omit<HttpRequest, 'port'>): Promise<HttpAnswer> {
  const line = `${request.method ?? 'GET'} ${request.path}`;
  const answer = await role.http(request).catch((error: unknown) => {
    if (!(error instanceof ConnectionFailed)) throw error;
    throw notYet('service-broken', [`${line}: no answer (${error.message})`]);
  });
  if (!answer.answeredByContainer) throw new NotYet('service-elsewhere', [`${line}: answered by a process outside of container ${role.name}`]);
  return answer;
}

/** The app computes the right answer for a number that nobody knew before. */
export async function proveIdentity(tools: Tools, role: RoleContainer): Promise<string> {
  const nonce = tools.sandbox.random();
  const answer = await ask(tools, role, { path: `/id?nonce=${nonce}` });
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${appKey}:${nonce}`));
  if (answer.body.trim() !== Buffer.from(digest).toString('hex')) {
    throw tools.notYet('service-broken', [`GET /id?nonce=${nonce}: ${answer.status}, not what the app answers`, firstLine(answer)]);
  }
  return `GET /id?nonce=${nonce}: right`;
}

/**
 * Stores a fresh file through the app, fetches it back and finds out where it lies.
 * With `mode` the app may refuse: then the result is what it answered.
 */
export async function storeFile(tools: Tools, role: RoleContainer): Promise<StoredFile>;
export async function storeFile(tools: Tools, role: RoleContainer, mode: string): Promise<StoredFile | HttpAnswer>;
export async function storeFile(tools: Tools, role: RoleContainer, mode?: string): Promise<StoredFile | HttpAnswer> {
  const name = `probe-${tools.sandbox.random(8)}.txt`;
  const content = `${tools.sandbox.random(24)}\n`;
  const stored = await ask(tools, role, {
    method: 'POST',
    path: `/upload?name=${name}`,
    body: content,
    ...(mode === undefined ? {} : { headers: { 'x-mode': mode } }),
  });
  if (stored.status >= 300) {
    if (mode !== undefined && stored.status < 500) return stored;
    throw tools.notYet('upload-broken', [`POST /upload?name=${name}: ${stored.status}`, firstLine(stored)]);
  }
  const fetched = await ask(tools, role, { path: `/files/${name}` });
  if (fetched.status !== 200 || fetched.body !== content) {
    throw tools.notYet('upload-broken', [
      `POST /upload?name=${name}: ${stored.status}`,
      `GET /files/${name}: ${fetched.status}, not the content that was stored`,
      firstLine(fetched),
    ]);
  }
  const place = await findUpload(tools, role, name);
  return {
    name,
    place,
    async [Symbol.asyncDispose]() {
      if (place.kind === 'disk') await tools.sandbox.removeFile(place.facts.path);
    },
  };
}

export function isRefused(result: StoredFile | HttpAnswer): result is HttpAnswer {
  return 'status' in result;
}

function firstLine({ body }: HttpAnswer): string {
  return `answer: ${body.split('\n')[0]?.slice(0, 200) ?? ''}`;
}
