import type { Sandbox } from '#protocol/keeper.ts';
import type { SessionRecord } from '../store/session-store.ts';
import { applySandbox, endLostSession, goLive } from './go-live.ts';
import type { SessionContext } from './session-context.ts';

const retryMs = 2000;

/** After a restart of the server: takes up every session that has a sandbox where it was, as soon as the keeper answers, and lets the others wait on. */
export function resumeSessions(context: SessionContext): Disposable {
  const sessions = context.store.sessions.running().filter(({ state }) => state !== 'queued');
  let timer: NodeJS.Timeout | undefined;
  let isDisposed = false;

  const attempt = async () => {
    try {
      const sandboxes = await context.keeper!.sandboxes();
      if (!isDisposed) for (const session of sessions) resume(context, session, sandboxes);
    } catch (error) {
      context.log.warn({ err: error }, 'cannot resume sessions yet');
      if (!isDisposed) timer = setTimeout(() => void attempt(), retryMs);
    }
  };

  if (context.keeper) context.line.advance();
  if (context.keeper && sessions.length > 0) {
    // Sessions that know their sandbox need not wait for the list: they follow it, and find out by themselves when it is gone.
    for (const { id, sandbox } of sessions) if (sandbox !== null) goLive(context, id, sandbox, { isBehind: true });
    void attempt();
  }
  return {
    [Symbol.dispose]() {
      isDisposed = true;
      clearTimeout(timer);
    },
  };
}

function resume(context: SessionContext, session: SessionRecord, sandboxes: readonly Sandbox[]): void {
  const isUntouched = context.store.sessions.find(session.id)?.sandbox === session.sandbox;
  if (!isUntouched) return;
  const sandbox = sandboxes.find(({ id }) => id === session.sandbox);
  if (sandbox) applySandbox(context, session.id, sandbox);
  else void endLostSession(context, session.id, 'unknown');
}
