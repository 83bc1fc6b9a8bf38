import type { FastifyInstance } from 'fastify';
import type { KeeperHealth } from '#protocol/keeper.ts';
import type { Health } from '#protocol/health.ts';
import { describeError } from '../error-handler.ts';
import type { SessionContext } from '../sessions/session-context.ts';

export function healthRoutes(app: FastifyInstance, context: SessionContext): void {
  const { keeper } = context;
  const askKeeper = keeper && shareWhileRunning(() => keeper.health());

  app.get('/healthz', async (_request, reply): Promise<Health> => {
    reply.header('cache-control', 'no-store');
    const server = { state: 'ok' as const, uptimeSeconds: Math.floor(process.uptime()) };
    if (!askKeeper) {
      const reason = context.noLabsReason;
      return { state: 'lessons-only', server, keeper: { state: 'off', reason }, engine: { state: 'unavailable', reason }, capabilities: null };
    }
    try {
      return { server, ...describeKeeper(await askKeeper()) };
    } catch (error) {
      context.log.warn({ err: error }, 'keeper is unavailable');
      const reason = describeError(error).text;
      return { state: 'degraded', server, keeper: { state: 'unavailable', reason }, engine: { state: 'unavailable', reason }, capabilities: null };
    }
  });

  app.get('/metrics', async (_request, reply) => {
    const keeperHealth = await askKeeper?.().catch(() => undefined);
    const connections = { events: context.hub.connections('events'), terminal: context.hub.connections('terminal') };
    const body = context.metrics.write({ sessions: context.store.sessions.countByState(), connections, keeper: keeperHealth });
    return reply.header('cache-control', 'no-store').type('text/plain; version=0.0.4; charset=utf-8').send(body);
  });
}

/** These addresses have no rate limit; however often they are asked for, the keeper answers one question at a time. */
function shareWhileRunning<Result>(ask: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<Result> | undefined;
  return () => (running ??= ask().finally(() => (running = undefined)));
}

function describeKeeper(health: KeeperHealth): Omit<Health, 'server'> {
  const isOk = health.state === 'ok';
  return {
    state: health.state,
    keeper: { state: 'ok' },
    engine: {
      state: isOk ? 'ok' : 'unavailable',
      ...(health.reason && { reason: health.reason }),
      ...(health.engineVersion !== undefined && { version: health.engineVersion }),
      sandboxes: health.sandboxes,
      capacity: health.capacity,
      sleeping: health.sleeping,
    },
    capabilities: health.capabilities,
  };
}
