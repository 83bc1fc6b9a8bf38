import type { Text } from '#lab';
import type { SessionRecord } from '../store/session-store.ts';
import { presentSession } from './present-session.ts';
import type { SessionContext } from './session-context.ts';

/** The one way a session gets over. Resolves when the sandbox is removed, or when that failed and is left to `removeLeftovers`. */
export async function endSession(context: SessionContext, id: string, state: 'ended' | 'expired' | 'failed', reason: Text | null = null): Promise<void> {
  const record = context.store.sessions.change(id, { state, reason }, ['queued', 'starting', 'ready']);
  if (!record) return;
  context.live.get(id)?.[Symbol.dispose]();
  context.live.delete(id);
  context.attention.forget(id);
  context.hub.publish(id, { type: 'session', session: presentSession(context, record) });
  await removeSandbox(context, record);
  // Others move up.
  context.line.advance();
}

/** Tries again to remove sandboxes of sessions that are over: the keeper may have been away. */
export async function removeLeftovers(context: SessionContext): Promise<void> {
  for (const record of context.store.sessions.withLeftoverSandbox()) await removeSandbox(context, record);
}

async function removeSandbox(context: SessionContext, record: SessionRecord): Promise<void> {
  if (record.sandbox === null || !context.keeper) return;
  try {
    await context.keeper.stopSandbox(record.sandbox);
    context.store.sessions.change(record.id, { sandbox: null });
  } catch (error) {
    context.log.warn({ err: error, sandbox: record.sandbox }, 'cannot remove a sandbox yet');
  }
}
