import { ConnectionFailed } from '#lab';
import type { HttpAnswer, RoleContainer, SandboxView } from '#lab';

export const mebibyte = 1024 ** 2;

export function findThumbs(sandbox: SandboxView): Promise<RoleContainer> {
  return sandbox.role({ label: 'thumbs', port: 8083, image: 'lab/thumbs:1.0' });
}

export function findCheckout(sandbox: SandboxView): Promise<RoleContainer> {
  return sandbox.role({ label: 'checkout', port: 8080, image: 'lab/checkout:1.0' });
}

/** What came back for a path, or why nothing did. */
export interface Reply {
  readonly path: string;
  /** 0: no answer. */
  readonly status: number;
  readonly body: string;
  readonly milliseconds: number;
  readonly answeredByContainer: boolean;
}

/** One request to a service. No answer is a reply too: under attack a service may well fall silent. */
export async function ask(role: RoleContainer, path: string, timeoutMs = 3000): Promise<Reply> {
  return reply(path, () => role.http({ path, timeoutMs }));
}

/** As `ask`, without the proof of who answered, which takes its time: for measuring, and for attacks whose effect the kernel shows. */
export async function askQuickly(sandbox: SandboxView, port: number, path: string, timeoutMs = 2000): Promise<Reply> {
  return reply(path, () => sandbox.http({ port, path, timeoutMs }));
}

/** The line that shows a reply to the learner. */
export function show({ path, status, body, milliseconds }: Reply): string {
  const text = body.trim().split('\n')[0]?.slice(0, 120) ?? '';
  return `GET ${path}: ${status === 0 ? 'no answer' : `HTTP ${status}`} after ${Math.round(milliseconds)} ms${text === '' ? '' : `, ${text}`}`;
}

/** The numbers in the JSON object that a service answered with; empty when it is none. */
export function numbersIn({ body }: Reply): Readonly<Record<string, number>> {
  try {
    const parsed: unknown = JSON.parse(body);
    return Object.fromEntries(Object.entries(parsed ?? {}).filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
  } catch {
    return {};
  }
}

/** The answer of `GET /thumb?nonce=…`, as image/native/thumbs.c computes it. */
export function expectedThumbnail(nonce: string): string {
  const pieces = Array.from({ length: 8 }, (_, strip) => fnv1a(`${nonce}:${strip}`));
  return `thumb ${nonce} ${fnv1a(pieces.join(''))}`;
}

/** The answer of `GET /order?nonce=…`, as image/native/checkout.c computes it. */
export function expectedReceipt(nonce: string): string {
  return `order ${nonce} ${fnv1a(`order:${nonce}`)}`;
}

async function reply(path: string, send: () => Promise<HttpAnswer & { readonly answeredByContainer?: boolean }>): Promise<Reply> {
  const start = performance.now();
  try {
    const { status, body, milliseconds, answeredByContainer } = await send();
    return { path, status, body, milliseconds, answeredByContainer: answeredByContainer ?? false };
  } catch (error) {
    if (!(error instanceof ConnectionFailed)) throw error;
    return { path, status: 0, body: error.message, milliseconds: performance.now() - start, answeredByContainer: false };
  }
}

function fnv1a(text: string): string {
  let hash = 2166136261;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
