import fastifyWebsocket from '@fastify/websocket';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import { handInFlag } from '#protocol/api.ts';
import { checkOrder, deadline, sandboxId, startSandbox, warmOrder, type KeeperEvent, type KeeperHealth } from '#protocol/keeper.ts';
import type { CheckResult } from '#protocol/verdict.ts';
import { isSameFlag } from './flag.ts';
import { failures, KeeperFailure } from './keeper-failure.ts';
import type { LabShelf } from './lab-shelf.ts';
import { followNestedEvents } from './nested-events.ts';
import type { Sandboxes } from './sandboxes.ts';
import { serveTerminal, terminalNames } from './terminal.ts';

export interface KeeperParts {
  readonly sandboxes: Sandboxes;
  readonly shelf: LabShelf;
  health(): Promise<KeeperHealth>;
  check(id: string, isFull: boolean): Promise<CheckResult>;
}

const idParameter = z.object({ id: sandboxId });
const terminalParameter = z.object({ id: sandboxId, n: z.enum(['0', '1']) });

/** The keeper's interface (src/protocol/keeper.ts). Whoever may open its socket may do exactly this and nothing else. */
export async function createKeeperApp({ sandboxes, shelf, health, check }: KeeperParts): Promise<FastifyInstance> {
  const app = Fastify({ logger: false, bodyLimit: 16 * 1024, forceCloseConnections: true, frameworkErrors: answerError });
  await app.register(fastifyWebsocket, { options: { maxPayload: 256 * 1024, perMessageDeflate: false } });

  app.setErrorHandler(answerError);
  app.setNotFoundHandler(() => {
    throw failures.unknownSandbox();
  });

  app.get('/health', () => health());
  app.get('/labs', () => ({ labs: shelf.all() }));
  app.get('/warm', () => sandboxes.warmPool());
  app.put('/warm', async (request) => {
    await sandboxes.orderWarm(warmOrder.parse(request.body));
    return sandboxes.warmPool();
  });
  app.get('/sandboxes', () => ({ sandboxes: sandboxes.list() }));
  app.post('/sandboxes', async (request, reply) => {
    const body = startSandbox.parse(request.body);
    return reply.code(201).send(await sandboxes.start(body.lab, new Date(body.expiresAt), body.onlyReady));
  });
  app.get('/sandboxes/:id', (request) => {
    const sandbox = sandboxes.get(idParameter.parse(request.params).id);
    if (sandbox === undefined) throw failures.unknownSandbox();
    return sandbox;
  });
  app.delete('/sandboxes/:id', async (request, reply) => {
    await sandboxes.remove(idParameter.parse(request.params).id, 'deleted');
    return reply.code(204).send();
  });
  app.put('/sandboxes/:id/deadline', (request) =>
    sandboxes.setDeadline(idParameter.parse(request.params).id, new Date(deadline.parse(request.body).expiresAt)),
  );
  app.post('/sandboxes/:id/check', (request) => check(idParameter.parse(request.params).id, checkOrder.parse(request.body ?? {}).isFull));
  app.post('/sandboxes/:id/flag', (request) => {
    const { flag } = sandboxes.parts(idParameter.parse(request.params).id);
    return { accepted: isSameFlag(flag, handInFlag.parse(request.body).flag) };
  });

  app.get('/sandboxes/:id/terminals/:n', { websocket: true }, async (websocket, request) => {
    // ws itself ends the connection, with the code that fits, e.g. 1009 for a frame that is too large.
    websocket.on('error', () => undefined);
    try {
      const { id, n } = terminalParameter.parse(request.params);
      await serveTerminal(sandboxes.parts(id), terminalNames[Number(n) as 0 | 1], websocket);
    } catch (error) {
      const failure = asFailure(error);
      websocket.close(failure.status === 404 ? 4404 : 4503, failure.code);
    }
  });

  app.get('/sandboxes/:id/events', { websocket: true }, (websocket, request) => {
    // ws itself ends the connection, with the code that fits, e.g. 1009 for a frame that is too large.
    websocket.on('error', () => undefined);
    const parameters = idParameter.safeParse(request.params);
    const sandbox = parameters.success ? sandboxes.get(parameters.data.id) : undefined;
    if (sandbox === undefined) {
      websocket.close(4404, 'unknown-sandbox');
      return;
    }
    followSandbox(sandboxes, sandbox.id, websocket);
  });

  return app;
}

function followSandbox(sandboxes: Sandboxes, id: string, websocket: WebSocket): void {
  let nested: Disposable | undefined;
  const send = (event: KeeperEvent): void => websocket.send(JSON.stringify(event));
  const watchNested = (): void => {
    if (nested === undefined && sandboxes.get(id)?.state === 'ready')
      nested = followNestedEvents(sandboxes.parts(id), (action) => send({ type: 'docker', action }));
  };
  const unfollow = sandboxes.follow(id, (event) => {
    send(event);
    watchNested();
    if (event.type === 'gone') websocket.close(1000, 'gone');
  });
  websocket.on('close', () => {
    unfollow();
    nested?.[Symbol.dispose]();
  });
  const current = sandboxes.get(id);
  if (current !== undefined) send({ type: 'sandbox', sandbox: current });
  watchNested();
}

function answerError(error: unknown, _request: unknown, reply: FastifyReply): void {
  const failure = asFailure(error);
  if (failure.status >= 500 && !(error instanceof KeeperFailure)) console.error(error);
  void reply.code(failure.status).send({ error: { code: failure.code, message: failure.text } });
}

/** What the asker is told: our own failures as they are, anything else in general words. */
function asFailure(error: unknown): KeeperFailure {
  if (error instanceof KeeperFailure) return error;
  if (error instanceof z.ZodError) return badRequest(400);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (['ECONNREFUSED', 'ENOENT', 'ECONNRESET'].includes(code)) return failures.engineDown();
  // Fastify's own: no JSON, too large, no URL. The engine's errors carry a status, too, but say nothing about the request.
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (code.startsWith('FST_') && status >= 400 && status < 500) return badRequest(status);
  return new KeeperFailure(500, 'internal', { de: 'Im Keeper ist etwas schiefgegangen.', en: 'Something went wrong in the keeper.' });
}

function badRequest(status: number): KeeperFailure {
  return new KeeperFailure(status, 'bad-request', { de: 'Die Anfrage ist ungültig.', en: 'The request is not valid.' });
}
