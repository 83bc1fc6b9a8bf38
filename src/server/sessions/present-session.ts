import type { Session } from '#protocol/api.ts';
import type { SessionRecord } from '../store/session-store.ts';

export const maxExtensions = 3;

/** A session as the browser gets it. */
export function presentSession(record: SessionRecord): Session {
  return {
    id: record.id,
    lab: record.lab,
    state: record.state,
    expiresAt: new Date(record.expiresAt).toISOString(),
    now: new Date().toISOString(),
    extensionsLeft: maxExtensions - record.extensions,
    terminals: ['dockerhost', 'attacker'],
    ...(record.lastCheck && { lastCheck: record.lastCheck }),
    attackSolved: record.attackSolved,
    ...(record.reason && { reason: record.reason }),
  };
}

export function isRunning(record: Pick<SessionRecord, 'state'>): boolean {
  return record.state === 'starting' || record.state === 'ready';
}
