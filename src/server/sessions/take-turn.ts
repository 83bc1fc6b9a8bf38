import type { Sandbox } from '#protocol/keeper.ts';
import { describeError } from '../error-handler.ts';
import { KeeperRefusal, KeeperUnavailable } from '../keeper/keeper-error.ts';
import { texts } from '../messages.ts';
import type { SessionRecord } from '../store/session-store.ts';
import { endSession } from './end-session.ts';
import { applySandbox, goLive } from './go-live.ts';
import { lifetimeMs } from './lifetime.ts';
import { presentSession } from './present-session.ts';
import { needKeeper, needLab, type SessionContext } from './session-context.ts';
import type { Turn } from './waiting-line.ts';

/** Asks the keeper for the sandbox of a queued session. Throws when the session cannot have one at all. */
export function takeTurn(context: SessionContext, { id }: SessionRecord, options: { onlyReady: boolean }): Promise<Turn> {
  return context.queue(id, async () => {
    const before = context.store.sessions.find(id);
    if (before?.state !== 'queued') return { is: 'started' };
    if (!context.attention.isPresent(id)) return { is: 'waiting', for: 'learner', reason: texts.waitsForLearner };
    const expiresAt = before.startedAt === null ? Date.now() + lifetimeMs(needLab(context, before.lab)) : before.expiresAt;
    // Stored before it is asked for: if this process dies meanwhile, the next one knows the sandbox by this time.
    context.store.sessions.change(id, { expiresAt }, ['queued']);
    let sandbox: Sandbox;
    try {
      sandbox = await needKeeper(context).startSandbox(before.lab, new Date(expiresAt), options);
    } catch (error) {
      return mayWait(error);
    }
    await takeSandbox(context, id, sandbox);
    return { is: 'started' };
  });
}

/** Which sandboxes belong to queued sessions, although the process that asked for them died before it could write that down? */
export async function adoptSandboxes(context: SessionContext): Promise<void> {
  const queued = context.store.sessions.queued();
  if (queued.length === 0) return;
  const sandboxes = await needKeeper(context).sandboxes();
  const owned = new Set(context.store.sessions.running().map(({ sandbox }) => sandbox));
  for (const session of queued) {
    // The deadline, exact to the millisecond, tells which one it is.
    const own = sandboxes.find(({ id, lab, expiresAt }) => !owned.has(id) && lab === session.lab && Date.parse(expiresAt) === session.expiresAt);
    if (own === undefined) continue;
    owned.add(own.id);
    await takeSandbox(context, session.id, own);
  }
}

async function takeSandbox(context: SessionContext, id: string, sandbox: Sandbox): Promise<void> {
  const queued = context.store.sessions.find(id);
  const record = context.store.sessions.change(id, { state: 'starting', sandbox: sandbox.id, startedAt: queued?.startedAt ?? Date.now() }, ['queued']);
  if (!record) {
    // It was ended meanwhile.
    await needKeeper(context).stopSandbox(sandbox.id);
    return;
  }
  if (sandbox.state === 'failed') {
    await endSession(context, id, 'failed', sandbox.reason ?? texts.startFailed);
    return;
  }
  if (sandbox.state === 'starting') context.hub.publish(id, { type: 'session', session: presentSession(context, record) });
  goLive(context, id, sandbox.id, { isBehind: false });
  applySandbox(context, id, sandbox);
}

/** Waiting helps when there is no room, and when the keeper or its engine are away; not when the lab itself cannot run. */
function mayWait(error: unknown): Turn {
  const reason = describeError(error).text;
  if (error instanceof KeeperUnavailable) return { is: 'waiting', for: 'room', reason, error };
  if (!(error instanceof KeeperRefusal)) throw error;
  switch (error.code) {
    case 'no-room':
      return { is: 'waiting', for: 'room', reason };
    case 'many-starting':
      return { is: 'waiting', for: 'lab', reason };
    case 'engine-down':
      return { is: 'waiting', for: 'room', reason, error };
    case 'lab-preparing':
      return { is: 'waiting', for: 'lab', reason, error };
    default:
      throw error;
  }
}
