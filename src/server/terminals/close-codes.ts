import type { WebSocket } from 'ws';

/** How the server ends a session's WebSocket. The reason is the code of the failure, which the page has words for. */
export const closeCodes = {
  unknown_session: 4404,
  session_over: 4410,
  too_many_requests: 4429,
  keeper_unavailable: 4503,
  /** The sandbox is being replaced; connect again. */
  reset: 1012,
  /** The server is restarted; connect again. */
  restart: 1012,
  text_frame: 1008,
  malformed_frame: 1007,
} as const;

export function closeWith(socket: WebSocket, reason: keyof typeof closeCodes): void {
  // A paused socket would never read the browser's answer to the close.
  socket.resume();
  socket.close(closeCodes[reason], reason);
}
