import type { Session } from '#protocol/api.ts';
import type { SessionRecord } from '../store/session-store.ts';
import type { SessionContext } from './session-context.ts';

export const maxExtensions = 3;

/** A session as the browser gets it. */
export function presentSession({ line }: Pick<SessionContext, 'line'>, record: SessionRecord): Session {
  const queue = record.state === 'queued' ? line.standing(record.id) : undefined;
  return {
    id: record.id,
    lab: record.lab,
    state: record.state,
    ...(queue && { queue }),
    expiresAt: new Date(record.expiresAt).toISOString(),
    now: new Date().toISOString(),
    extensionsLeft: maxExtensions - record.extensions,
    terminals: ['dockerhost', 'attacker'],
    ...(record.lastCheck && { lastCheck: record.lastCheck }),
    attackSolved: record.attackSolved,
    ...(record.reason && { reason: record.reason }),
  };
}

/** Not over: it waits for a sandbox, or has one. */
export function isRunning({ state }: Pick<SessionRecord, 'state'>): boolean {
  return state === 'queued' || state === 'starting' || state === 'ready';
}
