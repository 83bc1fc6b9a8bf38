import { ApiFailure } from '../api-failure.ts';
import type { SessionRecord } from '../store/session-store.ts';
import { isRunning, maxExtensions, presentSession } from './present-session.ts';
import { needKeeper, type SessionContext } from './session-context.ts';

const extensionMs = 30 * 60_000;

/** Adds half an hour, a limited number of times. */
export function extendSession(context: SessionContext, id: string): Promise<SessionRecord> {
  return context.queue(id, async () => {
    const keeper = needKeeper(context);
    const before = context.store.sessions.find(id);
    if (!before) throw new ApiFailure('unknown_session');
    if (!isRunning(before)) throw new ApiFailure('session_over');
    if (before.extensions >= maxExtensions) throw new ApiFailure('no_extensions_left');
    if (before.sandbox === null) throw new ApiFailure('session_not_ready');
    const expiresAt = before.expiresAt + extensionMs;
    // The keeper first: a sandbox that lives too long is removed with its session, one that dies too early is lost.
    await keeper.setDeadline(before.sandbox, new Date(expiresAt));
    const record = context.store.sessions.change(id, { expiresAt, extensions: before.extensions + 1 }, ['starting', 'ready']);
    if (!record) throw new ApiFailure('session_over');
    context.hub.publish(id, { type: 'session', session: presentSession(context, record) });
    return record;
  });
}
