import { ConnectionFailed, NotYet } from '#lab';
import type { CheckTools, HttpAnswer, HttpRequest, RoleContainer, SandboxView } from '#lab';
import type lab from './lab.ts';

export type Tools = CheckTools<typeof lab>;

/** Key of the genuine ERP, as in image/erp/key: `GET /cgi-bin/id?nonce=N` answers with SHA-256 of `key:N`. */
const erpKey = 'kontor-erp-5c2e';

/** A note of the ERP: its number and its text. */
export interface Note {
  readonly id: string;
  readonly text: string;
}

/** The one container that does the bookkeeping on port 8080. */
export function findErp({ sandbox }: Tools): Promise<RoleContainer> {
  return sandbox.role({ label: 'erp', port: 8080 });
}

/** The one container that is the read-only enquiry desk on port 8081. */
export function findDesk({ sandbox }: Tools): Promise<RoleContainer> {
  return sandbox.role({ label: 'desk', port: 8081 });
}

/** The notes that setup.sh put into the ERP; their numbers and texts follow from the session's seed. */
export async function firstNotes(sandbox: SandboxView): Promise<readonly Note[]> {
  return Promise.all(
    [1, 2, 3, 4, 5].map(async (n) => ({
      id: (await sha256(`${sandbox.seed}:note:${n}`)).slice(0, 8),
      text: `Receipt ${n}: berth ${(await sha256(`${sandbox.seed}:text:${n}`)).slice(0, 12)}`,
    })),
  );
}

/** Stores a note nobody has seen before. Throws NotYet (`note-lost`) when the ERP does not take it. */
export async function storeNote(tools: Tools, erp: RoleContainer): Promise<Note> {
  const text = `probe ${tools.sandbox.random(16)}`;
  const answer = await ask(tools, erp, { path: '/cgi-bin/note', method: 'POST', body: text });
  const id = answer.body.trim();
  if (answer.status !== 201 || !/^[0-9a-f]{8}$/.test(id)) throw tools.notYet('note-lost', [`POST /cgi-bin/note: ${show(answer)}`]);
  return { id, text };
}

/** The text that a container gives for a note's number. */
export async function readNote(tools: Tools, role: RoleContainer, id: string): Promise<string> {
  const { body } = await ask(tools, role, { path: `/cgi-bin/note?id=${id}` });
  return body.trim();
}

/** Proves with a number nobody knew that the genuine ERP's program answers. Throws NotYet (`not-genuine`). Gives a line of evidence. */
export async function proveGenuine(tools: Tools, role: RoleContainer): Promise<string> {
  const nonce = tools.sandbox.random();
  const answer = await ask(tools, role, { path: `/cgi-bin/id?nonce=${nonce}` });
  if (answer.body.trim() !== (await sha256(`${erpKey}:${nonce}`))) throw tools.notYet('not-genuine', [`GET /cgi-bin/id?nonce=${nonce}: ${show(answer)}`]);
  return `${role.name}: GET /cgi-bin/id?nonce=${nonce} is right`;
}

/** One HTTP exchange; it counts only when a process of this container answered. Throws NotYet (`silent`, `service-elsewhere`). */
export async function ask(tools: Tools, role: RoleContainer, request: Omit<HttpRequest, 'port'>): Promise<HttpAnswer> {
  const line = `${role.name}: ${request.method ?? 'GET'} ${request.path}`;
  const answer = await role.http(request).catch((error: unknown) => {
    if (!(error instanceof ConnectionFailed)) throw error;
    throw tools.notYet('silent', [`${line}: ${error.message}`]);
  });
  if (!answer.answeredByContainer) throw new NotYet('service-elsewhere', [`${line}: answered by a process outside of container ${role.name}`]);
  return answer;
}

export function show(answer: HttpAnswer): string {
  return `${answer.status}, "${answer.body.trim().slice(0, 120)}"`;
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
