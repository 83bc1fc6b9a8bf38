import { randomBytes } from 'node:crypto';
import type { Lab } from '#lab';
import { ApiFailure } from '../api-failure.ts';
import { queueFullText, tooManySessionsText } from '../messages.ts';
import type { SessionRecord } from '../store/session-store.ts';
import { lifetimeMs } from './lifetime.ts';
import { needKeeper, needLab, type SessionContext } from './session-context.ts';

/** Sessions that may wait for a sandbox at once: more than a machine can serve within the hour. */
const mostQueued = 200;

/**
 * Gives the learner a session with `labId`: with a sandbox when there is room, otherwise with a place in the queue. The session is stored first, so
 * that parallel requests cannot exceed the limit, and a restart of the server costs nobody their place.
 */
export async function startSession(context: SessionContext, learner: string, labId: string): Promise<SessionRecord> {
  const lab = needLab(context, labId);
  needKeeper(context);
  const record = newRecord(learner, labId, lab);
  const refusal = context.store.sessions.add(record, { ofLearner: context.sandboxesPerLearner, queued: mostQueued });
  if (refusal === 'queue-full') throw new ApiFailure('queue_full', { text: queueFullText(mostQueued) });
  if (refusal) throw tooManySessions(context, refusal);
  context.attention.note(record.id);
  await context.line.enter(record.id);
  return context.store.sessions.find(record.id) ?? record;
}

function newRecord(learner: string, labId: string, lab: Lab): SessionRecord {
  const now = Date.now();
  return {
    id: randomBytes(16).toString('hex'),
    learner,
    lab: labId,
    sandbox: null,
    state: 'queued',
    reason: null,
    createdAt: now,
    startedAt: null,
    expiresAt: now + lifetimeMs(lab),
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
