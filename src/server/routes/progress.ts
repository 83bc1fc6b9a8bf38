import type { FastifyInstance } from 'fastify';
import { placeBody, quizBody, type Progress } from '#protocol/api.ts';
import type { Store } from '../store/open-store.ts';
import { parseBody } from './parse-body.ts';

export function progressRoutes(app: FastifyInstance, { progress }: Store): void {
  app.get('/progress', async (request): Promise<Progress> => progress.read(request.learner));

  app.put('/progress/place', async (request, reply) => {
    const { path } = parseBody(placeBody, request.body);
    progress.recordPlace(request.learner, path, Date.now());
    return reply.code(204).send();
  });

  app.put('/progress/quiz', async (request, reply) => {
    const { quiz, answers } = parseBody(quizBody, request.body);
    progress.recordQuiz(request.learner, quiz, answers, Date.now());
    return reply.code(204).send();
  });
}
