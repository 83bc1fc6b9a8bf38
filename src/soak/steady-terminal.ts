import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { decodeHostFrame, encodeClientFrame } from '#protocol/terminal.ts';
import { SessionLost, type Visitor } from './visitor.ts';

/** Close codes after which the page does not try again: src/server/terminals/close-codes.ts. */
const overCodes = new Set([4404, 4410]);
const keptCharacters = 400_000;
const attachLimitMs = 60_000;

/**
 * A terminal that connects again as the page's does, and goes on at the byte it has. Nothing may be lost or doubled as long as the shell is the
 * same: what was amiss is in `gaps`.
 */
export class SteadyTerminal implements Disposable {
  /** What the shell has shown, of all shells one after the other. */
  text = '';
  /** How often another shell answered than before. */
  newShells = 0;
  gaps = 0;
  isAttached = false;
  /** When it was last attached, in milliseconds since 1970. */
  attachedAt = 0;
  readonly #visitor: Visitor;
  readonly #session: string;
  readonly #number: number;
  #socket: WebSocket | undefined;
  #shell: bigint | undefined;
  #seq = 0n;
  #asked = 0n;
  #attempt = 0;
  #isDisposed = false;
  #isOver = false;

  constructor(visitor: Visitor, session: string, number = 0) {
    this.#visitor = visitor;
    this.#session = session;
    this.#number = number;
    this.#connect();
  }

  /** False when the line is down: then nothing was sent. */
  type(text: string): boolean {
    if (!this.isAttached) return false;
    this.#socket?.send(encodeClientFrame({ type: 'input', data: Buffer.from(text) }));
    return true;
  }

  /** Waits until `isReached`, across lost lines. Throws SessionLost when the session is over; false when it was not reached. */
  async until(isReached: () => boolean, limitMs: number, signal: AbortSignal): Promise<boolean> {
    for (const deadline = Date.now() + limitMs; !isReached(); await sleep(20)) {
      signal.throwIfAborted();
      if (this.#isOver) throw new SessionLost('the terminal was closed because the session is over');
      if (Date.now() > deadline) return false;
    }
    return true;
  }

  /** Waits until a shell is there. */
  async attached(signal: AbortSignal): Promise<void> {
    if (!(await this.until(() => this.isAttached, attachLimitMs, signal))) throw new Error(`no shell was attached within ${attachLimitMs / 1000} s`);
  }

  /** Closes the line without a word, as a closed browser does. It can be opened again. */
  hangUp(): void {
    this.isAttached = false;
    this.#socket?.removeAllListeners('close');
    this.#socket?.terminate();
    this.#socket = undefined;
  }

  reopen(): void {
    if (this.#socket === undefined) this.#connect();
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.hangUp();
  }

  #connect(): void {
    if (this.#isDisposed) return;
    const socket = this.#visitor.openTerminal(this.#session, this.#number);
    this.#socket = socket;
    this.#asked = this.#seq;
    socket.on('open', () => socket.send(encodeClientFrame({ type: 'attach', seq: this.#asked, columns: 120, rows: 40 })));
    socket.on('message', (data: Buffer) => this.#take(data));
    // 'close' follows and does the work.
    socket.on('error', () => undefined);
    socket.on('close', (code) => {
      this.isAttached = false;
      if (overCodes.has(code)) this.#isOver = true;
      else setTimeout(() => this.#connect(), Math.min(2500, 200 * 2 ** this.#attempt++));
    });
  }

  #take(data: Buffer): void {
    const frame = decodeHostFrame(data);
    if (frame?.type === 'attached') this.#attach(frame.shell, frame.seq);
    else if (frame?.type === 'output') this.#draw(frame.seq, frame.data);
  }

  #attach(shell: bigint, seq: bigint): void {
    const isOther = this.#shell !== undefined && shell !== this.#shell;
    this.#shell = shell;
    if (isOther) {
      this.newShells++;
      this.#seq = seq;
    } else if (seq !== this.#seq) {
      this.gaps++;
      this.#seq = seq;
    }
    this.#attempt = 0;
    this.attachedAt = Date.now();
    this.isAttached = true;
  }

  #draw(seq: bigint, data: Uint8Array): void {
    if (seq !== this.#seq) this.gaps++;
    this.#seq = seq + BigInt(data.length);
    this.text = (this.text + Buffer.from(data).toString('latin1')).slice(-keptCharacters);
    this.#socket?.send(encodeClientFrame({ type: 'acknowledge', seq: this.#seq }));
  }
}
