import type { SessionHub } from './session-hub.ts';

/** When somebody last looked at a session: had it open in a browser, or asked for it. Kept in memory. */
export interface Attention {
  /** Somebody asks for the session. */
  note(sessionId: string): void;
  /** Does somebody look, or did within the last minute? */
  isPresent(sessionId: string): boolean;
  /** Has anybody looked since this process began? */
  wasSeen(sessionId: string): boolean;
  /** How long nobody has looked, in milliseconds; at most as long as this process runs. */
  unseenMs(sessionId: string): number;
  /** The session is over. */
  forget(sessionId: string): void;
}

/** A page that has lost its connection is back by then. */
const presentMs = 60_000;

export function createAttention(hub: SessionHub): Attention {
  const begunAt = performance.now();
  const seenAt = new Map<string, number>();
  const note = (sessionId: string): void => void seenAt.set(sessionId, performance.now());
  const lastSeenAt = (sessionId: string): number | undefined => {
    if (hub.isConnected(sessionId)) note(sessionId);
    return seenAt.get(sessionId);
  };
  return {
    note,
    isPresent: (sessionId) => performance.now() - (lastSeenAt(sessionId) ?? Number.NEGATIVE_INFINITY) < presentMs,
    wasSeen: (sessionId) => lastSeenAt(sessionId) !== undefined,
    unseenMs: (sessionId) => performance.now() - (lastSeenAt(sessionId) ?? begunAt),
    forget: (sessionId) => void seenAt.delete(sessionId),
  };
}
