import { abandonedText, texts } from '../messages.ts';
import { endSession, removeLeftovers } from './end-session.ts';
import { removeUnowned } from './remove-unowned.ts';
import type { SessionContext } from './session-context.ts';

const lookMs = 1000;
const leftoversMs = 5000;
/** Who waits for a sandbox and does not look any more must not hold up the others. */
const leftWaitingMs = 15 * 60_000;
/** After a restart pages are back within seconds; who has left before it never comes. */
const notBackMs = 60_000;
const keepOldSessionsMs = 30 * 24 * 60 * 60_000;

/** Ends sessions whose time is up or that nobody looks at any more, and removes sandboxes that could not be removed before. */
export function startHousekeeping(context: SessionContext): Disposable {
  context.store.sessions.forgetBefore(Date.now() - keepOldSessionsMs);
  const looking = setInterval(() => {
    for (const { id } of context.store.sessions.due(Date.now())) void endSession(context, id, 'expired');
    endAbandoned(context);
  }, lookMs);
  let isRemoving = false;
  const leftovers = setInterval(() => {
    if (isRemoving) return;
    isRemoving = true;
    void removeAll(context).finally(() => (isRemoving = false));
  }, leftoversMs);
  return {
    [Symbol.dispose]() {
      clearInterval(looking);
      clearInterval(leftovers);
    },
  };
}

async function removeAll(context: SessionContext): Promise<void> {
  await removeLeftovers(context);
  if (context.keeper) await removeUnowned(context).catch((error: unknown) => context.log.warn({ err: error }, 'cannot look for lost sandboxes yet'));
}

function endAbandoned(context: SessionContext): void {
  for (const { id, state } of context.store.sessions.runningStates()) {
    const unseenMs = context.attention.unseenMs(id);
    const waitingMs = Math.min(context.attention.wasSeen(id) ? leftWaitingMs : notBackMs, context.abandonedAfterMs);
    if (state === 'queued' && unseenMs > waitingMs) void endSession(context, id, 'ended', texts.leftWaiting);
    else if (unseenMs > context.abandonedAfterMs) void endSession(context, id, 'ended', abandonedText(Math.round(context.abandonedAfterMs / 60_000)));
  }
}
