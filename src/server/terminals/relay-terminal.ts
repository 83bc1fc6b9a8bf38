import type { WebSocket } from 'ws';
import type { SessionState } from '#protocol/api.ts';
import { frameType, isClientFrame } from '#protocol/terminal.ts';
import { endLostSession } from '../sessions/go-live.ts';
import type { SessionContext } from '../sessions/session-context.ts';
import type { SessionRecord } from '../store/session-store.ts';
import { closeWith, type closeCodes } from './close-codes.ts';
import { forwardFrame } from './forward-frames.ts';

/** Joins a browser's terminal with the pty host's, through the keeper, as long as the session's sandbox lives. */
export function relayTerminal(context: SessionContext, session: SessionRecord, index: number, client: WebSocket): void {
  const { hub, keeper, store } = context;
  let upstream: WebSocket | undefined;
  let isClosed = false;

  const close = (reason: keyof typeof closeCodes) => {
    if (isClosed) return;
    isClosed = true;
    upstream?.terminate();
    closeWith(client, reason);
  };

  const follow = (state: SessionState) => {
    if (isClosed) return;
    if (state === 'ready') upstream ??= connect();
    else if (state !== 'starting' && state !== 'queued') close('session_over');
    else if (upstream) close('reset');
  };

  const connect = () => {
    const sandbox = store.sessions.find(session.id)?.sandbox;
    if (!keeper || !sandbox) {
      close('keeper_unavailable');
      return undefined;
    }
    const socket = keeper.openTerminal(sandbox, index);
    socket.on('open', () => client.resume());
    socket.on('message', (frame: Buffer) => forwardFrame(frame, socket, client));
    // 'close' follows every error and does the work.
    socket.on('error', () => {});
    socket.on('close', (code, reason) => void explainLoss(sandbox, code, reason));
    return socket;
  };

  const explainLoss = async (sandbox: string, code: number, reason: Buffer) => {
    if (isClosed) return;
    const found = await keeper?.sandbox(sandbox).catch(() => 'keeper is away' as const);
    const now = store.sessions.find(session.id);
    if (found === undefined && now?.sandbox === sandbox) await endLostSession(context, session.id, 'unknown');
    if (isClosed) return;
    if (now?.sandbox !== sandbox) close('reset');
    else if (code >= 4000 && typeof found === 'object') passOn(code, reason);
    else close('keeper_unavailable');
  };

  const passOn = (code: number, reason: Buffer) => {
    isClosed = true;
    client.resume();
    client.close(code, reason);
  };

  const subscription = hub.subscribe(session.id, 'terminal', (event) => {
    if (event.type === 'session') follow(event.session.state);
  });
  if (!subscription) return close('too_many_requests');
  client.on('close', () => {
    isClosed = true;
    subscription[Symbol.dispose]();
    upstream?.terminate();
  });
  client.on('message', (frame: Buffer, isBinary: boolean) => {
    if (isClosed) return;
    if (!isBinary) return close('text_frame');
    if (!isClientFrame(frame)) return close('malformed_frame');
    if (frame[0] === frameType.input) context.live.get(session.id)?.checks.noteInput();
    if (upstream) forwardFrame(frame, client, upstream);
  });
  // Nothing is read before there is somebody to read it.
  client.pause();
  follow(session.state);
}
