import type { SessionEvent } from '#protocol/api.ts';
import { reconnectDelayMs } from './reconnect-delay.ts';
import { closeCode } from './terminal-connection.ts';

interface EventLineListener {
  onEvent(event: SessionEvent): void;
  onLine(isUp: boolean): void;
  /** The server knows no such running session any more; nothing will be retried. */
  onEnd(): void;
}

/** Receives what happens in a session, and reconnects until it is disposed or the session is over. */
export class EventLine {
  readonly #url: string;
  readonly #listener: EventLineListener;
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;

  constructor(url: string, listener: EventLineListener) {
    this.#url = url;
    this.#listener = listener;
    this.connect();
  }

  /** Connects now, also when the old line may be dead without saying so. */
  connect(): void {
    this.dispose();
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      if (socket !== this.#socket || typeof data !== 'string') return;
      this.#attempt = 0;
      this.#listener.onLine(true);
      this.#listener.onEvent(JSON.parse(data) as SessionEvent);
    });
    socket.addEventListener('close', ({ code }) => {
      if (socket === this.#socket) this.#closed(code);
    });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #closed(code: number): void {
    this.#socket = undefined;
    if (code === closeCode.gone || code === closeCode.over) return this.#listener.onEnd();
    this.#listener.onLine(false);
    this.#timer = setTimeout(() => this.connect(), reconnectDelayMs(this.#attempt));
    this.#attempt += 1;
  }
}
