import type { WebSocket } from 'ws';

const maxBufferedBytes = 1024 * 1024;

/** Sends a frame on, and stops reading from where it came while the receiver is too slow. */
export function forwardFrame(frame: Buffer, from: WebSocket, to: WebSocket): void {
  to.send(frame, { binary: true }, () => {
    if (from.isPaused && to.bufferedAmount <= maxBufferedBytes) from.resume();
  });
  if (to.bufferedAmount > maxBufferedBytes) from.pause();
}
