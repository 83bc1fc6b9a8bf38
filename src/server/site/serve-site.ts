import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiFailure } from '../api-failure.ts';
import { identifyLearner } from '../security/learner.ts';
import { preferredLanguage } from './preferred-language.ts';

/** Serves the built site. Pages already carry the learner's cookie, so that a page's first, parallel requests come from one learner. */
export async function serveSite(app: FastifyInstance, options: { directory: string; allowedOrigins: readonly string[] }): Promise<void> {
  const directory = resolve(options.directory);
  const identify = identifyLearner(options.allowedOrigins);

  app.get('/', (request, reply) => {
    const language = preferredLanguage(request.cookies['schott_language'], request.headers['accept-language']);
    return reply.header('vary', 'Accept-Language, Cookie').header('cache-control', 'private, no-cache').redirect(`/${language}/`, 302);
  });

  if (existsSync(directory)) {
    await app.register(async (scope) => {
      scope.addHook('onRequest', async (request, reply) => {
        if (isPage(request)) await identify(request, reply);
      });
      await scope.register(fastifyStatic, {
        root: directory,
        redirect: true,
        dotfiles: 'ignore',
        cacheControl: false,
        setHeaders: (reply, path) => void reply.header('cache-control', cachePolicy(path)),
      });
    });
  }

  app.setNotFoundHandler(async (request, reply) => {
    const wantsPage = (request.method === 'GET' || request.method === 'HEAD') && !/^\/api(\/|$)/.test(request.url) && !request.ws;
    const page = wantsPage ? await readNotFoundPage(directory, request.url) : undefined;
    if (page === undefined) throw new ApiFailure('not_found');
    return sendNotFoundPage(reply, page);
  });
}

function isPage({ url }: FastifyRequest): boolean {
  return /^[^?]*(\/|\.html)(\?|$)/.test(url);
}

/** What the build names after its content never changes; everything else is asked for again. */
function cachePolicy(path: string): string {
  if (path.includes(`${sep}_astro${sep}`)) return 'public, max-age=31536000, immutable';
  return path.endsWith('.html') ? 'private, no-cache' : 'no-cache';
}

async function readNotFoundPage(directory: string, url: string): Promise<string | undefined> {
  const language = /^\/(de|en)(?=\/|$)/.exec(url)?.[1];
  const candidates = [...(language ? [join(language, '404.html'), join(language, '404', 'index.html')] : []), '404.html'];
  for (const candidate of candidates) {
    const page = await readFile(join(directory, candidate), 'utf8').catch(() => undefined);
    if (page !== undefined) return page;
  }
  return undefined;
}

function sendNotFoundPage(reply: FastifyReply, page: string) {
  return reply.code(404).header('cache-control', 'private, no-cache').type('text/html; charset=utf-8').send(page);
}
