import type { Claim, Claims } from './claims.ts';
import { sandboxOwners } from './reaper.ts';
import { findSandbox, type SandboxParts, type SandboxPlace } from './sandbox-parts.ts';

/** What a keeper finds that has just started. */
export interface Stock {
  /** Sandboxes of sessions that run on. */
  readonly whole: ReadonlyMap<string, { claim: Claim; parts: SandboxParts }>;
  /** Promised to sessions, but the last keeper died while it made them: nothing in them can be relied on. */
  readonly unfinished: ReadonlyMap<string, Claim>;
  /** Everything else of ours: warm ones, those of sessions that are over, those that broke meanwhile. To be removed, with their claims. */
  readonly rest: readonly string[];
}

/** Sorts the keeper's sandboxes, those that exist and those that are only promised. */
export async function takeStock(place: SandboxPlace, claims: Claims): Promise<Stock> {
  const existing = [...(await sandboxOwners(place.engine))].filter(([, owner]) => owner === place.owner).map(([id]) => id);
  const valid = [...claims.all()].filter(([, claim]) => claim.expiresAt.getTime() > Date.now());
  const unfinished = new Map(valid.filter(([, claim]) => !claim.isReady));
  const finished = valid.filter(([, claim]) => claim.isReady);
  const found = await Promise.all(finished.map(async ([id, claim]) => [id, { claim, parts: await find(place, id) }] as const));
  const whole = new Map(found.flatMap(([id, { claim, parts }]) => (parts === undefined ? [] : [[id, { claim, parts }] as const])));
  const all = new Set([...existing, ...claims.all().keys()]);
  return { whole, unfinished, rest: [...all].filter((id) => !whole.has(id) && !unfinished.has(id)) };
}

/** One that cannot be understood must not keep the keeper from its work. */
function find(place: SandboxPlace, id: string): Promise<SandboxParts | undefined> {
  return findSandbox(place, id).catch((error: unknown) => {
    console.error(`Cannot take up sandbox ${id} again:`, error);
    return undefined;
  });
}
