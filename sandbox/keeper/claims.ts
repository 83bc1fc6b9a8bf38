import { z } from 'zod';
import { openStoredJson } from './stored-json.ts';

/** A session has this sandbox. */
export interface Claim {
  readonly lab: string;
  readonly expiresAt: Date;
  /** The lab is prepared in it, and the session may have been told so. Otherwise it was still being made. */
  readonly isReady: boolean;
}

/** Which sandboxes belong to a session, and until when. Written before anybody is told, so that a restarted keeper keeps its promises. */
export interface Claims {
  of(sandbox: string): Claim | undefined;
  all(): ReadonlyMap<string, Claim>;
  set(sandbox: string, claim: Claim): Promise<void>;
  delete(sandbox: string): Promise<void>;
}

const stored = z.record(z.string(), z.strictObject({ lab: z.string(), expiresAt: z.iso.datetime(), isReady: z.boolean() }));
type Stored = z.infer<typeof stored>[string];

/** Reads the claims in `file`. One that cannot be read costs the running sandboxes. */
export async function openClaims(file: string): Promise<Claims> {
  const { content, save } = await openStoredJson(file, stored, {});
  return {
    of: (sandbox) => read(content[sandbox]),
    all: () => new Map(Object.entries(content).map(([sandbox, claim]) => [sandbox, { ...claim, expiresAt: new Date(claim.expiresAt) }])),
    set(sandbox, { lab, expiresAt, isReady }) {
      content[sandbox] = { lab, expiresAt: expiresAt.toISOString(), isReady };
      return save();
    },
    delete(sandbox) {
      if (!(sandbox in content)) return Promise.resolve();
      delete content[sandbox];
      return save();
    },
  };
}

function read(claim: Stored | undefined): Claim | undefined {
  return claim && { ...claim, expiresAt: new Date(claim.expiresAt) };
}
