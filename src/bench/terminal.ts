import type { WebSocket } from 'ws';
import { decodeHostFrame, encodeClientFrame, type HostFrame } from '#protocol/terminal.ts';

/** As the lab page's terminal does. */
const acknowledgeEveryBytes = 64 * 1024;
const keptTailBytes = 4096;
const prompt = /root@dockerhost:[^\r\n]*# $/;

/** A terminal that draws in no time: acknowledges as the page's does, and keeps only the end of what it was sent. */
export class Terminal implements Disposable {
  /** Resolves when the shell is there; rejects when the connection ends before. */
  readonly attached: Promise<Extract<HostFrame, { type: 'attached' }>>;
  /** Resolves with the close code when the connection has ended. */
  readonly closed: Promise<number>;
  /** seq after the last byte received */
  seq: bigint;
  receivedBytes = 0;
  /** Called with each piece of output. */
  onOutput: (data: Uint8Array) => void = () => undefined;
  readonly #socket: WebSocket;
  #acknowledged: bigint;
  #tail = Buffer.alloc(0);
  #failure: Error | undefined;
  #drawing: NodeJS.Immediate | undefined;
  #look: () => void = () => undefined;

  constructor(socket: WebSocket, seq: bigint) {
    this.#socket = socket;
    this.seq = seq;
    this.#acknowledged = seq;
    const attaching = Promise.withResolvers<Extract<HostFrame, { type: 'attached' }>>();
    this.attached = attaching.promise;
    this.closed = new Promise((resolve) => socket.on('close', (code) => resolve(code)));
    socket.on('open', () => socket.send(encodeClientFrame({ type: 'attach', seq, columns: 120, rows: 40 })));
    socket.on('message', (data: Buffer) => {
      const frame = decodeHostFrame(data);
      if (frame?.type === 'attached') this.#startAt(frame.seq);
      if (frame?.type === 'attached') attaching.resolve(frame);
      if (frame?.type === 'output') this.#take(frame.seq, frame.data);
    });
    // 'close' follows and does the work.
    socket.on('error', () => undefined);
    socket.on('close', (code) => this.#fail(new Error(`The terminal was closed (${code})`)));
    socket.on('close', (code) => attaching.reject(new Error(`The terminal was closed (${code}) before a shell was there`)));
    // Whoever only waits for output learns of the end there.
    attaching.promise.catch(() => undefined);
  }

  type(text: string): void {
    this.#socket.send(encodeClientFrame({ type: 'input', data: Buffer.from(text) }));
  }

  /** Waits until the output ends with the prompt. */
  waitForPrompt(limitMs?: number): Promise<void> {
    return this.waitFor(prompt, limitMs);
  }

  /** Waits until the end of the output, escape sequences left out, matches `pattern`. */
  async waitFor(pattern: RegExp, limitMs = 60_000): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(() => reject(new Error(`The terminal did not show ${pattern} within ${limitMs} ms, but …${this.#text().slice(-200)}`)), limitMs);
    this.#look = () => {
      if (this.#failure) reject(this.#failure);
      else if (pattern.test(this.#text())) resolve();
    };
    this.#look();
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      this.#look = () => undefined;
    }
  }

  /** Forgets the output so far, so that what is waited for must be new. */
  forget(): void {
    this.#tail = Buffer.alloc(0);
  }

  /** Types a line and waits until the output matches `pattern`, which must not match the line's own echo. */
  async run(line: string, pattern: RegExp, limitMs?: number): Promise<void> {
    this.forget();
    this.type(`${line}\r`);
    await this.waitFor(pattern, limitMs);
  }

  [Symbol.dispose](): void {
    this.#socket.terminate();
  }

  #startAt(seq: bigint): void {
    this.seq = seq;
    this.#acknowledged = seq;
  }

  #take(seq: bigint, data: Uint8Array): void {
    if (seq !== this.seq) this.#fail(new Error(`The terminal went on at byte ${seq} instead of ${this.seq}`));
    this.seq = seq + BigInt(data.length);
    this.receivedBytes += data.length;
    this.#tail = data.length >= keptTailBytes ? Buffer.from(data.subarray(-keptTailBytes)) : Buffer.concat([this.#tail, data]).subarray(-keptTailBytes);
    if (this.seq - this.#acknowledged >= acknowledgeEveryBytes) this.#acknowledge();
    // What has come together is drawn together.
    this.#drawing ??= setImmediate(() => this.#acknowledge());
    this.onOutput(data);
    this.#look();
  }

  #acknowledge(): void {
    clearImmediate(this.#drawing);
    this.#drawing = undefined;
    if (this.#acknowledged === this.seq || this.#socket.readyState !== this.#socket.OPEN) return;
    this.#acknowledged = this.seq;
    this.#socket.send(encodeClientFrame({ type: 'acknowledge', seq: this.seq }));
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#look();
  }

  #text(): string {
    // oxlint-disable-next-line no-control-regex -- strips the escape sequences of a terminal
    return this.#tail.toString('latin1').replaceAll(/\u001B(\[[0-9;?]*[a-zA-Z]|\][^\u0007]*\u0007)/g, '');
  }
}
