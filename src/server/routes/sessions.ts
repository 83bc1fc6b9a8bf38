import type { FastifyInstance } from 'fastify';
import { handInFlag as flagBody, startSession as startBody, type Session, type SessionList } from '#protocol/api.ts';
import type { CheckResult } from '#protocol/verdict.ts';
import { ApiFailure } from '../api-failure.ts';
import { endSession } from '../sessions/end-session.ts';
import { extendSession } from '../sessions/extend-session.ts';
import { handInFlag } from '../sessions/hand-in-flag.ts';
import { presentSession } from '../sessions/present-session.ts';
import { resetSession } from '../sessions/reset-session.ts';
import type { SessionContext } from '../sessions/session-context.ts';
import { startSession } from '../sessions/start-session.ts';
import { ownReadySession, ownSession } from './own-session.ts';
import { parseBody } from './parse-body.ts';

export function sessionRoutes(app: FastifyInstance, context: SessionContext, options: { startsPerMinute: number }): void {
  const rateLimit = { max: options.startsPerMinute, timeWindow: 60_000 };

  app.post('/sessions', { config: { rateLimit } }, async (request, reply): Promise<Session> => {
    const { lab } = parseBody(startBody, request.body);
    const record = await startSession(context, request.learner, lab);
    reply.code(201);
    return presentSession(context, record);
  });

  app.get('/sessions', async (request): Promise<SessionList> => {
    const records = context.store.sessions.runningOf(request.learner);
    for (const { id } of records) context.attention.note(id);
    return { sessions: records.map((record) => presentSession(context, record)) };
  });

  app.get('/sessions/:id', async (request): Promise<Session> => presentSession(context, ownSession(context, request)));

  app.delete('/sessions/:id', async (request, reply) => {
    const { id } = ownSession(context, request);
    await context.queue(id, () => endSession(context, id, 'ended'));
    return reply.code(204).send();
  });

  app.post('/sessions/:id/check', async (request): Promise<CheckResult> => {
    const { id } = ownReadySession(context, request);
    const live = context.live.get(id);
    if (!live) throw new ApiFailure('session_not_ready');
    return live.checks.checkNow('button');
  });

  app.post('/sessions/:id/reset', { config: { rateLimit } }, async (request): Promise<Session> => {
    const { id } = ownSession(context, request);
    return presentSession(context, await resetSession(context, id));
  });

  app.post('/sessions/:id/extend', async (request): Promise<Session> => {
    const { id } = ownSession(context, request);
    return presentSession(context, await extendSession(context, id));
  });

  app.post('/sessions/:id/flag', async (request): Promise<{ accepted: boolean }> => {
    const record = ownReadySession(context, request);
    const { flag } = parseBody(flagBody, request.body);
    return { accepted: await handInFlag(context, record, flag) };
  });

  app.post('/sessions/:id/solution', async (request): Promise<{ script: string }> => {
    const { learner, lab } = ownSession(context, request);
    const script = await context.catalog.solution(lab);
    if (script === undefined) throw new ApiFailure('no_solution');
    context.store.progress.recordSolutionSeen(learner, lab, Date.now());
    return { script };
  });
}
