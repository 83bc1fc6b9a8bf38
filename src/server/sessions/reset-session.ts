import { ApiFailure } from '../api-failure.ts';
import { describeError } from '../error-handler.ts';
import type { SessionRecord } from '../store/session-store.ts';
import { endSession } from './end-session.ts';
import { presentSession } from './present-session.ts';
import { needKeeper, needLab, type SessionContext } from './session-context.ts';

/**
 * Throws the sandbox away and gives the session a new one. Id and time stay; the new sandbox has no history, so nothing in it can have regressed.
 * Should there be no room for it, the session waits before all that came after it.
 */
export async function resetSession(context: SessionContext, id: string): Promise<SessionRecord> {
  const queued = await context.queue(id, () => throwSandboxAway(context, id));
  await context.line.enter(id);
  return context.store.sessions.find(id) ?? queued;
}

async function throwSandboxAway(context: SessionContext, id: string): Promise<SessionRecord> {
  const keeper = needKeeper(context);
  const before = context.store.sessions.find(id);
  if (!before) throw new ApiFailure('unknown_session');
  needLab(context, before.lab);
  if (before.state === 'queued') throw new ApiFailure('session_not_ready');
  const record = context.store.sessions.change(id, { state: 'starting', lastCheck: null, passedTasks: [] }, ['starting', 'ready']);
  if (!record) throw new ApiFailure('session_over');
  context.live.get(id)?.[Symbol.dispose]();
  context.live.delete(id);
  context.hub.publish(id, { type: 'session', session: presentSession(context, record) });
  try {
    if (record.sandbox !== null) await keeper.stopSandbox(record.sandbox);
  } catch (error) {
    await endSession(context, id, 'failed', describeError(error).text);
    throw error;
  }
  const queued = context.store.sessions.change(id, { state: 'queued', sandbox: null }, ['starting']);
  if (!queued) throw new ApiFailure('session_over');
  return queued;
}
