import type { Text } from '#lab';
import type { ApiError } from '#protocol/api.ts';

/** The server said no, with a reason for the learner. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly text: Text;

  constructor(status: number, { error }: ApiError) {
    super(`${status} ${error.code}: ${error.message.en}`);
    this.name = 'Refusal';
    this.status = status;
    this.code = error.code;
    this.text = error.message;
  }
}

/** Nobody answers at this address now: network down or server restarting. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** Something answers, but it is no Schott server: the pages lie on a plain file host. */
export class Serverless extends Error {
  override readonly name = 'Serverless';
}

/**
 * One request to the server. Bodies are trusted to be what `#protocol/api.ts` says, because the server that delivered this page
 * builds them from the same schemas; reading them again here would bring the schema library onto every page.
 */
export async function callApi<Body>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Body> {
  const response = await send(method, path, body);
  if (response.status === 204) return undefined as Body;
  const isJson = response.headers.get('content-type')?.includes('application/json') ?? false;
  if (!isJson && response.status >= 502) throw new Unreachable(`${path} answered ${response.status}`);
  if (!isJson) throw new Serverless(`${path} answered ${response.status} without JSON`);
  const parsed: unknown = await response.json();
  if (!response.ok) throw new Refusal(response.status, parsed as ApiError);
  return parsed as Body;
}

async function send(method: string, path: string, body: unknown): Promise<Response> {
  const content = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  try {
    return await fetch(path, { method, ...content });
  } catch (error) {
    throw new Unreachable(`Cannot ${method} ${path}`, { cause: error });
  }
}

/** Address of a WebSocket path on the server this page came from. */
export function socketUrl(path: string): string {
  return new URL(path, location.href.replace(/^http/, 'ws')).href;
}
