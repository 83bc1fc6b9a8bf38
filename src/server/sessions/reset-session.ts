import { ApiFailure } from '../api-failure.ts';
import { describeError } from '../error-handler.ts';
import type { SessionRecord } from '../store/session-store.ts';
import { endSession } from './end-session.ts';
import { presentSession } from './present-session.ts';
import { needKeeper, needLab, type SessionContext } from './session-context.ts';
import { startSandbox } from './start-session.ts';

/** Throws the sandbox away and gives the session a new one. Id and time stay; the new sandbox has no history, so nothing in it can have regressed. */
export function resetSession(context: SessionContext, id: string): Promise<SessionRecord> {
  return context.queue(id, async () => {
    const keeper = needKeeper(context);
    const before = context.store.sessions.find(id);
    if (!before) throw new ApiFailure('unknown_session');
    needLab(context, before.lab);
    const record = context.store.sessions.change(id, { state: 'starting', lastCheck: null, passedTasks: [] }, ['starting', 'ready']);
    if (!record) throw new ApiFailure('session_over');
    context.live.get(id)?.[Symbol.dispose]();
    context.live.delete(id);
    context.hub.publish(id, { type: 'session', session: presentSession(record) });
    try {
      if (record.sandbox !== null) await keeper.stopSandbox(record.sandbox);
      context.store.sessions.change(id, { sandbox: null });
      await startSandbox(context, record);
    } catch (error) {
      await endSession(context, id, 'failed', describeError(error).text);
      throw error;
    }
    return context.store.sessions.find(id) ?? record;
  });
}
