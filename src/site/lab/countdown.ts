/** Milliseconds left until `expiresAt`, by the server's clock, which read `now` when this page's clock read `receivedAtMs`. Never below 0. */
export function millisecondsLeft(session: { expiresAt: string; now: string }, receivedAtMs: number, clientNowMs: number): number {
  const leftWhenReceived = Date.parse(session.expiresAt) - Date.parse(session.now);
  return Math.max(0, leftWhenReceived - (clientNowMs - receivedAtMs));
}

/** `1:05:09` or `24:07`: hours only when there are any. */
export function clockText(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${twoDigits(seconds % 60)}` : `${minutes}:${twoDigits(seconds % 60)}`;
}
