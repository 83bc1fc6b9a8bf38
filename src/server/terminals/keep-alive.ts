import type { WebSocket } from 'ws';

const intervalMs = 20_000;
const maxSilentIntervals = 2;

/** Pings the browser so that proxies keep the connection open, and ends it when nothing comes back. */
export function keepAlive(socket: WebSocket): void {
  let silentIntervals = 0;
  const noteLife = () => (silentIntervals = 0);
  const timer = setInterval(() => {
    // A socket that is paused by us cannot show life.
    if (!socket.isPaused) silentIntervals += 1;
    if (silentIntervals > maxSilentIntervals) socket.terminate();
    else socket.ping();
  }, intervalMs);
  socket.on('pong', noteLife).on('message', noteLife);
  socket.on('close', () => clearInterval(timer));
}
