import { ConnectionFailed } from '#lab';
import type { HttpAnswer, HttpRequest } from '#lab';
import type { Tools } from './shop.ts';

/** A place at which the Docker API might answer. */
export interface Door {
  readonly from: 'attacker' | 'dockerhost';
  readonly host: string;
  readonly port: number;
  /** Inside a container, not on the Docker host: whether it can be reached is not asked. */
  readonly isContainers?: boolean;
}

/** A certificate and its key, PEM. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

/** How somebody without CI's key may introduce himself. */
export const disguises = ['plain HTTP', 'TLS without a certificate', 'TLS with a forged certificate'] as const;

/** One disguise at one door. */
export interface Attempt {
  /** What the door did for the stranger. */
  readonly serves?: string;
  /** Its answer, for the evidence. */
  readonly says: string;
  readonly status?: number;
}

const unreachable = /\b(ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EACCES|EPERM|EINVAL)\b/;

/** Tries all disguises at a door. `isReachable` false: not even a connection came about. */
export async function knock(
  tools: Tools,
  door: Door,
  { identity, knownIds, mark }: { identity: Identity; knownIds: readonly string[]; mark: string },
): Promise<{ attempts: Attempt[]; isReachable: boolean }> {
  const plain = await attempt(tools, door, knownIds, `${mark}-0`);
  const isReachable = plain.status !== undefined || !unreachable.test(plain.says);
  // A server for TLS says 400 to plain HTTP, or hangs up. Any other answer means that HTTP is what is spoken there.
  if (!isReachable || (plain.status !== undefined && plain.status !== 400)) return { attempts: [plain], isReachable };
  const secured = await Promise.all([{}, identity].map((tls, index) => attempt(tools, { ...door, tls }, knownIds, `${mark}-${index + 1}`)));
  return { attempts: [plain, ...secured], isReachable };
}

/**
 * Creating a container is the attack itself, so a proxy that hides what it can do is found out, too; one that only shows containers gives away their environment.
 * What was created is removed the same way; the caller sees to the rest.
 */
async function attempt({ sandbox }: Tools, place: Door & Pick<HttpRequest, 'tls'>, knownIds: readonly string[], mark: string): Promise<Attempt> {
  const ask = (request: Pick<HttpRequest, 'method' | 'path' | 'headers' | 'body'>): Promise<HttpAnswer | ConnectionFailed> =>
    sandbox.http({ ...place, ...request }).catch((error: unknown) => {
      if (!(error instanceof ConnectionFailed)) throw error;
      return error;
    });
  const body = JSON.stringify({ Image: 'lab/bb', Cmd: ['true'], Labels: { ...sandbox.probeLabels, 'lab.door': mark } });
  const answer = await ask({ method: 'POST', path: '/containers/create', headers: { 'content-type': 'application/json' }, body });
  if (answer instanceof ConnectionFailed) return { says: reasonOf(answer) };
  const says = `status ${answer.status}`;
  const { status } = answer;
  const id = status === 201 ? /"Id":\s*"([0-9a-f]{64})"/.exec(answer.body)?.[1] : undefined;
  if (id !== undefined) {
    await ask({ method: 'DELETE', path: `/containers/${id}?force=1` });
    return { serves: 'creates containers', says, status };
  }
  const list = await ask({ path: '/containers/json?all=1' });
  const isList = !(list instanceof ConnectionFailed) && list.status === 200 && knownIds.some((known) => list.body.includes(known));
  return { ...(isList ? { serves: 'lists containers' } : {}), says, status };
}

/** OpenSSL hides the one telling word among file names. */
function reasonOf({ message }: ConnectionFailed): string {
  const alert = /alert ([a-z ]+)/.exec(message)?.[1];
  return alert === undefined ? message.replaceAll(/\s+/g, ' ').slice(-100) : `refused (${alert.trim()})`;
}
