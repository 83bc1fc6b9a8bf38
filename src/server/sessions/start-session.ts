import { randomBytes } from 'node:crypto';
import type { Lab } from '#lab';
import { ApiFailure } from '../api-failure.ts';
import { texts, tooManySessionsText } from '../messages.ts';
import type { SessionRecord } from '../store/session-store.ts';
import { endSession } from './end-session.ts';
import { applySandbox, goLive } from './go-live.ts';
import { needKeeper, needLab, type SessionContext } from './session-context.ts';

const minuteMs = 60_000;

/** Gives the learner a sandbox with `labId`. The session is stored first, so that parallel requests cannot exceed the limit. */
export async function startSession(context: SessionContext, learner: string, labId: string): Promise<SessionRecord> {
  const lab = needLab(context, labId);
  needKeeper(context);
  const record = newRecord(learner, labId, lab);
  const running = context.store.sessions.add(record, context.sandboxesPerLearner);
  if (running) throw tooManySessions(context, running);
  return context.queue(record.id, async () => {
    try {
      await startSandbox(context, record);
    } catch (error) {
      context.store.sessions.remove(record.id);
      throw error;
    }
    return context.store.sessions.find(record.id) ?? record;
  });
}

/** Starts a sandbox for a session that has none and is `starting`. */
export async function startSandbox(context: SessionContext, record: SessionRecord): Promise<void> {
  const keeper = needKeeper(context);
  const sandbox = await keeper.startSandbox(record.lab, new Date(record.expiresAt));
  const stored = context.store.sessions.change(record.id, { sandbox: sandbox.id }, ['starting']);
  if (!stored) {
    // The session's time ran out meanwhile.
    await keeper.stopSandbox(sandbox.id);
    throw new ApiFailure('session_over');
  }
  if (sandbox.state === 'failed') {
    await endSession(context, record.id, 'failed', sandbox.reason ?? texts.startFailed);
    throw new ApiFailure('keeper_unavailable', { text: sandbox.reason ?? texts.startFailed });
  }
  goLive(context, record.id, sandbox.id, { isBehind: false });
  applySandbox(context, record.id, sandbox);
}

function newRecord(learner: string, labId: string, lab: Lab): SessionRecord {
  const now = Date.now();
  return {
    id: randomBytes(16).toString('hex'),
    learner,
    lab: labId,
    sandbox: null,
    state: 'starting',
    reason: null,
    createdAt: now,
    expiresAt: now + Math.max(60, lab.minutes + 30) * minuteMs,
    extensions: 0,
    lastCheck: null,
    passedTasks: [],
    attackSolved: false,
  };
}

function tooManySessions(context: SessionContext, running: readonly SessionRecord[]): ApiFailure {
  const titles = running.map(({ lab }) => context.catalog.labs.get(lab)?.title ?? { de: lab, en: lab });
  return new ApiFailure('too_many_sessions', { text: tooManySessionsText(titles) });
}
