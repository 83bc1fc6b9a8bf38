import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import fastifyRateLimit from '@fastify/rate-limit';
import fastifyWebsocket from '@fastify/websocket';
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import Fastify, { LogController, type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { maxFrameBytes } from '#protocol/terminal.ts';
import { ApiFailure } from './api-failure.ts';
import type { Catalog } from './catalog.ts';
import { defaultCheckTimings, type CheckTimings } from './checks/check-schedule.ts';
import type { Configuration } from './configuration.ts';
import { describeError, handleClientError, handleError } from './error-handler.ts';
import type { Keeper } from './keeper/keeper.ts';
import { tooManyRequestsText } from './messages.ts';
import { createMetrics } from './metrics.ts';
import { healthRoutes } from './routes/health.ts';
import { labRoutes } from './routes/labs.ts';
import { parseJson } from './routes/parse-json.ts';
import { progressRoutes } from './routes/progress.ts';
import { sessionSockets } from './routes/session-sockets.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { checkOrigin } from './security/check-origin.ts';
import { contentSecurityPolicy, hashInline } from './security/content-security-policy.ts';
import { identifyLearner } from './security/learner.ts';
import { createAttention } from './sessions/attention.ts';
import { endSession } from './sessions/end-session.ts';
import { startHousekeeping } from './sessions/housekeeping.ts';
import { presentSession } from './sessions/present-session.ts';
import { resumeSessions } from './sessions/resume-sessions.ts';
import type { SessionContext } from './sessions/session-context.ts';
import { createSessionHub } from './sessions/session-hub.ts';
import { adoptSandboxes, takeTurn } from './sessions/take-turn.ts';
import { createTaskQueue } from './sessions/task-queue.ts';
import { createWaitingLine } from './sessions/waiting-line.ts';
import { serveSite } from './site/serve-site.ts';
import type { Store } from './store/open-store.ts';
import { closeWith } from './terminals/close-codes.ts';

export interface AppParts {
  readonly configuration: Configuration;
  readonly store: Store;
  /** undefined: lessons without labs. */
  readonly keeper: Keeper | undefined;
  readonly catalog: Catalog;
  readonly cookieSecret: string;
  readonly logger?: FastifyServerOptions['logger'];
  readonly checkTimings?: CheckTimings;
  readonly requestsPerMinute?: number;
  readonly startsPerMinute?: number;
}

const bodyLimitBytes = 64 * 1024;
const closeLimitMs = 1000;
const headersOfBareAnswers = { 'content-security-policy': "default-src 'none'; frame-ancestors 'none'", 'x-content-type-options': 'nosniff' };

/** The server without its process: takes up running sessions, and lets go of everything but the store when closed. */
export async function createApp(parts: AppParts): Promise<FastifyInstance> {
  const { configuration } = parts;
  const app = Fastify({
    logger: parts.logger ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    requestTimeout: 30_000,
    // Errors that come before routing, such as a URL that cannot be decoded.
    // They pass no hook, so what helmet does for all others is done here.
    frameworkErrors: (error, request, reply) => void handleError(error, request, reply.headers(headersOfBareAnswers)),
    clientErrorHandler: handleClientError,
  });
  app.setErrorHandler(handleError);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => parseJson(body));
  app.decorateRequest('learner', '');
  app.decorateRequest('isKnownLearner', false);

  const context = createContext(app, parts);
  await app.register(fastifyCookie, { secret: parts.cookieSecret });
  await app.register(fastifyWebsocket, {
    options: { maxPayload: maxFrameBytes, perMessageDeflate: false, clientTracking: true },
    // `ws` has closed or will close the socket with the right code; this is the socket's error listener.
    errorHandler: (error, socket, request) => {
      request.log.info({ err: error }, 'WebSocket failed');
      if (socket.readyState === socket.OPEN) socket.close(1011);
    },
    preClose: () => closeSockets(app),
  });
  await registerSecurity(app, configuration);

  healthRoutes(app, context);
  await app.register((scope) => registerApi(scope, context, parts), { prefix: '/api' });
  await serveSite(app, { directory: configuration.siteDirectory, allowedOrigins: configuration.allowedOrigins });

  const resuming = resumeSessions(context);
  const housekeeping = startHousekeeping(context);
  app.addHook('onClose', async () => {
    resuming[Symbol.dispose]();
    housekeeping[Symbol.dispose]();
    context.line[Symbol.dispose]();
    for (const live of context.live.values()) live[Symbol.dispose]();
  });
  return app;
}

function createContext(app: FastifyInstance, parts: AppParts): SessionContext {
  const hub = createSessionHub();
  const context: SessionContext = {
    store: parts.store,
    keeper: parts.keeper,
    noLabsReason: parts.configuration.noLabsReason,
    catalog: parts.catalog,
    hub,
    live: new Map(),
    queue: createTaskQueue(),
    line: createWaitingLine({
      queued: () => parts.store.sessions.queued(),
      adopt: () => adoptSandboxes(context),
      start: (session, options) => takeTurn(context, session, options),
      refuse: ({ id }, error) => endSession(context, id, 'failed', describeError(error).text),
      tell: (session) => hub.publish(session.id, { type: 'session', session: presentSession(context, session) }),
    }),
    attention: createAttention(hub),
    sandboxesPerLearner: parts.configuration.sandboxesPerLearner,
    abandonedAfterMs: parts.configuration.abandonedAfterMs,
    checkTimings: parts.checkTimings ?? defaultCheckTimings,
    metrics: createMetrics(),
    log: app.log,
  };
  return context;
}

/** Before the server stops listening: browsers are told to connect again, and have a moment to answer. */
async function closeSockets(app: FastifyInstance): Promise<void> {
  const sockets = [...app.websocketServer.clients];
  const closed = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
  for (const socket of sockets) closeWith(socket, 'restart');
  await Promise.race([Promise.all(closed), setTimeout(closeLimitMs, undefined, { ref: false })]);
  for (const socket of sockets) socket.terminate();
}

async function registerSecurity(app: FastifyInstance, { siteDirectory, host, allowedOrigins }: Configuration): Promise<void> {
  const inline = existsSync(siteDirectory) ? hashInline(siteDirectory) : { scripts: [], styleAttributes: [] };
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: contentSecurityPolicy(inline),
    // Whether the course is reached by HTTPS is the business of the proxy in front of it.
    strictTransportSecurity: false,
    frameguard: { action: 'deny' },
    // `no-referrer` would make browsers send `Origin: null` with some requests of our own pages.
    referrerPolicy: { policy: 'same-origin' },
  });
  app.addHook('onRequest', checkOrigin({ listenHost: host, allowedOrigins }));
  app.addHook('onRequest', async (request) => {
    if (request.ws && !request.routeOptions.config.isWebSocket) throw new ApiFailure('not_found');
  });
}

async function registerApi(api: FastifyInstance, context: SessionContext, parts: AppParts): Promise<void> {
  api.addHook('onRequest', identifyLearner(parts.configuration.allowedOrigins));
  api.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));
  await api.register(fastifyRateLimit, {
    max: parts.requestsPerMinute ?? 300,
    timeWindow: 60_000,
    // A class behind one address must not share one limit; whoever throws the cookie away is counted by address.
    keyGenerator: (request) => (request.isKnownLearner ? request.learner : request.ip),
    errorResponseBuilder: (_request, { ttl }) => new ApiFailure('too_many_requests', { text: tooManyRequestsText(Math.max(1, Math.ceil(ttl / 1000))) }),
  });
  labRoutes(api, context);
  sessionRoutes(api, context, { startsPerMinute: parts.startsPerMinute ?? 20 });
  progressRoutes(api, context.store);
  sessionSockets(api, context);
  api.all('/*', async () => {
    throw new ApiFailure('not_found');
  });
}
