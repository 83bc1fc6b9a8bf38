import { Inconclusive } from '#lab';
import type { SandboxView } from '#lab';

/** A runc that this lab knows: the package's version and the SHA-256 of its program. */
export interface Edition {
  readonly version: string;
  readonly hash: string;
}

/** What bake.sh wrote down about the packages it made. */
export interface Facts {
  readonly oldHash: string;
  /** The one in the repository. */
  readonly released: Edition;
  /** The one that a check publishes. */
  readonly next: Edition;
}

/** Where the lab's image keeps its packages and indexes, forged ones included. */
export const store = '/usr/lib/schott/apt';

/** Reads them from an image that the learner has never been in. */
export async function readFacts(sandbox: SandboxView): Promise<Facts> {
  const { ok, output } = await sandbox.runInBox(['cat', `${store}/facts.json`]);
  if (!ok) throw new Inconclusive('box-failed', [output.slice(0, 200)]);
  return JSON.parse(output) as Facts;
}

/** The edition with this hash or version; undefined for any other. */
export function editionOf({ released, next }: Facts, what: Partial<Edition>): Edition | undefined {
  return [released, next].find(({ version, hash }) => version === what.version || hash === what.hash);
}

/** Lower-case hex. */
export async function sha256(content: string | Uint8Array): Promise<string> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
  return Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
}
