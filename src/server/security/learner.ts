import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks. Set for requests to the API and for pages. */
    learner: string;
    /** The learner came with a valid cookie; otherwise `learner` was made for this request. */
    isKnownLearner: boolean;
  }
}

export const learnerCookie = 'schott_learner';
const validSeconds = 400 * 24 * 60 * 60;

/** A hook that tells learners apart by a signed random cookie, and gives one to those who have none. */
export function identifyLearner(allowedOrigins: readonly string[]) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const known = readLearner(request);
    request.isKnownLearner = known !== undefined;
    request.learner = known ?? randomBytes(16).toString('hex');
    if (known !== undefined) return;
    reply.setCookie(learnerCookie, request.learner, {
      signed: true,
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      maxAge: validSeconds,
      secure: request.protocol === 'https' || allowedOrigins.includes(`https://${request.headers.host}`),
    });
  };
}

function readLearner(request: FastifyRequest): string | undefined {
  const cookie = request.cookies[learnerCookie];
  if (cookie === undefined) return undefined;
  const { valid, value } = request.unsignCookie(cookie);
  return valid && /^[0-9a-f]{32}$/.test(value) ? value : undefined;
}
