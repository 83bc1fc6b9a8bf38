import type { FastifyRequest } from 'fastify';
import { ApiFailure } from '../api-failure.ts';
import { isRunning } from '../sessions/present-session.ts';
import type { SessionContext } from '../sessions/session-context.ts';
import type { SessionRecord } from '../store/session-store.ts';

/** The session in the URL. Somebody else's is answered exactly like one that does not exist. */
export function ownSession(context: SessionContext, request: FastifyRequest): SessionRecord {
  const { id } = request.params as { id: string };
  const record = /^[0-9a-f]{32}$/.test(id) ? context.store.sessions.find(id) : undefined;
  if (record?.learner !== request.learner) throw new ApiFailure('unknown_session');
  if (isRunning(record)) context.attention.note(id);
  return record;
}

export function ownReadySession(context: SessionContext, request: FastifyRequest): SessionRecord {
  const record = ownSession(context, request);
  if (!isRunning(record)) throw new ApiFailure('session_over');
  if (record.state !== 'ready') throw new ApiFailure('session_not_ready');
  return record;
}
