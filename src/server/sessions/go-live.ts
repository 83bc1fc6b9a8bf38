import type { Sandbox } from '#protocol/keeper.ts';
import { createCheckSchedule } from '../checks/check-schedule.ts';
import { runCheck } from '../checks/run-check.ts';
import { failures, texts } from '../messages.ts';
import { followSandbox } from '../keeper/follow-sandbox.ts';
import { endSession } from './end-session.ts';
import { presentSession } from './present-session.ts';
import { needKeeper, type SessionContext } from './session-context.ts';

/**
 * Follows the session's sandbox from now on: its state, its end and what happens in it.
 * `isBehind`: this process has not seen everything that happened in the sandbox.
 */
export function goLive(context: SessionContext, id: string, sandboxId: string, options: { isBehind: boolean }): void {
  const checks = createCheckSchedule({
    run: (cause) => runCheck(context, id, sandboxId, cause),
    isWatched: () => context.hub.isWatched(id) && context.store.sessions.find(id)?.state === 'ready',
    timings: context.checkTimings,
    isBehind: options.isBehind,
  });
  const following = followSandbox(needKeeper(context), sandboxId, {
    onSandbox: (sandbox) => applySandbox(context, id, sandbox),
    onDockerEvent: () => checks.noteDockerEvent(),
    onGone: (cause) => void endLostSession(context, id, cause),
    onDisconnected: () => context.hub.publish(id, { type: 'error', error: { code: 'keeper_unavailable', message: failures.keeper_unavailable.text } }),
    onReconnected() {
      const record = context.store.sessions.find(id);
      if (record) context.hub.publish(id, { type: 'session', session: presentSession(context, record) });
      checks.noteDockerEvent();
    },
  });
  context.live.get(id)?.[Symbol.dispose]();
  context.live.set(id, {
    sandbox: sandboxId,
    checks,
    [Symbol.dispose]() {
      following[Symbol.dispose]();
      checks[Symbol.dispose]();
    },
  });
}

/** Takes over what the keeper says about the sandbox of a running session. */
export function applySandbox(context: SessionContext, id: string, sandbox: Sandbox): void {
  if (sandbox.state === 'failed') {
    void endSession(context, id, 'failed', sandbox.reason ?? texts.startFailed);
  } else if (sandbox.state === 'ready') {
    const record = context.store.sessions.change(id, { state: 'ready' }, ['starting']);
    if (record) context.hub.publish(id, { type: 'session', session: presentSession(context, record) });
    // One fewer is being made: another may be begun.
    context.line.advance();
  }
}

/** The keeper has no such sandbox any more. */
export async function endLostSession(context: SessionContext, id: string, cause: 'deleted' | 'expired' | 'died' | 'unknown'): Promise<void> {
  const record = context.store.sessions.find(id);
  if (!record) return;
  // The keeper's clock rings a moment before ours; while it was away, time may have run out as well.
  const isTimeUp = cause === 'expired' || record.expiresAt <= Date.now() + 2000;
  if (isTimeUp) await endSession(context, id, 'expired');
  else await endSession(context, id, 'failed', cause === 'died' ? texts.sandboxDied : texts.sandboxGone);
}
