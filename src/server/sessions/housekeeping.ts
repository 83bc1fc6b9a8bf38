import { endSession, removeLeftovers } from './end-session.ts';
import type { SessionContext } from './session-context.ts';

const expiryMs = 1000;
const leftoversMs = 5000;
const keepOldSessionsMs = 30 * 24 * 60 * 60_000;

/** Ends sessions whose time is up, and removes sandboxes that could not be removed before. */
export function startHousekeeping(context: SessionContext): Disposable {
  context.store.sessions.forgetBefore(Date.now() - keepOldSessionsMs);
  const expiry = setInterval(() => {
    for (const { id } of context.store.sessions.due(Date.now())) void endSession(context, id, 'expired');
  }, expiryMs);
  let isRemoving = false;
  const leftovers = setInterval(() => {
    if (isRemoving) return;
    isRemoving = true;
    void removeLeftovers(context).finally(() => (isRemoving = false));
  }, leftoversMs);
  return {
    [Symbol.dispose]() {
      clearInterval(expiry);
      clearInterval(leftovers);
    },
  };
}
