import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import type { SessionEvent } from '#protocol/api.ts';
import { ApiFailure } from '../api-failure.ts';
import { isRunning, presentSession } from '../sessions/present-session.ts';
import type { SessionContext } from '../sessions/session-context.ts';
import type { SessionRecord } from '../store/session-store.ts';
import { closeWith } from '../terminals/close-codes.ts';
import { keepAlive } from '../terminals/keep-alive.ts';
import { relayTerminal } from '../terminals/relay-terminal.ts';
import { ownSession } from './own-session.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route takes WebSockets; others refuse the upgrade. */
    isWebSocket?: boolean;
  }
}

const maxUnsentBytes = 1024 * 1024;

export function sessionSockets(app: FastifyInstance, context: SessionContext): void {
  const withoutUpgrade = () => {
    throw new ApiFailure('not_found');
  };

  const openTerminal = (socket: WebSocket, request: FastifyRequest) => {
    keepAlive(socket);
    const session = findOrClose(context, request, socket);
    const { n } = request.params as { n: string };
    if (!session) return;
    if (n === '0' || n === '1') relayTerminal(context, session, Number(n), socket);
    else closeWith(socket, 'unknown_session');
  };

  const openEvents = (socket: WebSocket, request: FastifyRequest) => {
    keepAlive(socket);
    const session = findOrClose(context, request, socket);
    if (session) sendEvents(context, session, socket);
  };

  app.route({ method: 'GET', url: '/sessions/:id/terminals/:n', config: { isWebSocket: true }, handler: withoutUpgrade, wsHandler: openTerminal });
  app.route({ method: 'GET', url: '/sessions/:id/events', config: { isWebSocket: true }, handler: withoutUpgrade, wsHandler: openEvents });
}

function findOrClose(context: SessionContext, request: FastifyRequest, socket: WebSocket): SessionRecord | undefined {
  try {
    return ownSession(context, request);
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    closeWith(socket, 'unknown_session');
    return undefined;
  }
}

function sendEvents(context: SessionContext, session: SessionRecord, socket: WebSocket): void {
  const send = (event: SessionEvent) => {
    // A browser that does not read gets a fresh start when it connects again.
    if (socket.bufferedAmount > maxUnsentBytes) return socket.terminate();
    socket.send(JSON.stringify(event));
    if (event.type === 'session' && !isRunning(event.session)) closeWith(socket, 'session_over');
  };
  const subscription = context.hub.subscribe(session.id, 'events', send);
  if (!subscription) return closeWith(socket, 'too_many_requests');
  socket.on('close', () => subscription[Symbol.dispose]());
  send({ type: 'session', session: presentSession(context, session) });
  if (session.state === 'ready') context.live.get(session.id)?.checks.noteWatcher();
}
