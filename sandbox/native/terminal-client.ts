import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeHostFrame, encodeClientFrame, type ClientFrame, type HostFrame } from '#protocol/terminal.ts';

/** A client of a pty host for tests: collects what it is sent, and acknowledges it unless told not to. */
export class TerminalClient {
  readonly socket: Socket;
  readonly chunks: Buffer[] = [];
  attached: Extract<HostFrame, { type: 'attached' }> | undefined;
  /** seq after the last byte received */
  seq = 0n;
  receivedBytes = 0;
  gaps: { from: bigint; to: bigint }[] = [];
  exitStatus: number | undefined;
  isClosed = false;
  acknowledges: boolean;
  /** Closes the connection as soon as this many bytes have come */
  stopAfterBytes = Infinity;
  #unread = Buffer.alloc(0);

  constructor(path: string, acknowledges = true) {
    this.acknowledges = acknowledges;
    this.socket = connect(path);
    this.socket.on('data', (bytes) => this.#take(bytes));
    this.socket.on('error', () => {});
    this.socket.on('close', () => (this.isClosed = true));
  }

  /** Connects and attaches. */
  static async attach(path: string, { seq = 0n, columns = 80, rows = 24, acknowledges = true, stopAfterBytes = Infinity } = {}): Promise<TerminalClient> {
    const client = new TerminalClient(path, acknowledges);
    client.stopAfterBytes = stopAfterBytes;
    client.send({ type: 'attach', seq, columns, rows });
    await until(() => client.attached !== undefined || client.isClosed);
    if (!client.attached) throw new Error(`Cannot attach to ${path}: the connection was closed`);
    return client;
  }

  send(frame: ClientFrame): void {
    this.sendRaw(encodeClientFrame(frame));
  }

  sendRaw(frame: Uint8Array, length = frame.length): void {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(length);
    this.socket.write(Buffer.concat([head, frame]));
  }

  type(text: string): void {
    this.send({ type: 'input', data: Buffer.from(text) });
  }

  acknowledge(): void {
    this.send({ type: 'acknowledge', seq: this.seq });
  }

  get text(): string {
    return Buffer.concat(this.chunks).toString('latin1');
  }

  async waitFor(text: string): Promise<void> {
    await until(() => this.text.includes(text));
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }

  #take(bytes: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, bytes]);
    const before = this.seq;
    while (this.#unread.length >= 4) {
      const length = this.#unread.readUInt32BE();
      if (this.#unread.length < 4 + length) break;
      this.#takeFrame(decodeHostFrame(this.#unread.subarray(4, 4 + length)));
      this.#unread = this.#unread.subarray(4 + length);
    }
    if (this.receivedBytes >= this.stopAfterBytes) this.socket.destroy();
    if (this.acknowledges && this.seq !== before && !this.socket.destroyed) this.acknowledge();
  }

  #takeFrame(frame: HostFrame | undefined): void {
    if (!frame) throw new Error('The pty host sent something that is not a frame');
    if (frame.type === 'attached') {
      this.attached = frame;
      this.seq = frame.seq;
    } else if (frame.type === 'exit') {
      this.exitStatus = frame.status;
    } else {
      if (frame.data.length > 32 * 1024) throw new Error(`The pty host sent ${frame.data.length} bytes in one frame`);
      if (frame.seq !== this.seq) this.gaps.push({ from: this.seq, to: frame.seq });
      this.chunks.push(Buffer.from(frame.data));
      this.receivedBytes += frame.data.length;
      this.seq = frame.seq + BigInt(frame.data.length);
    }
  }
}

/** Resolves when `isReached` is true; throws when that takes longer than `limitMs`. */
export async function until(isReached: () => boolean, limitMs = 10_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!isReached()) {
    if (Date.now() > deadline) throw new Error(`Not reached within ${limitMs} ms: ${isReached.toString()}`);
    await sleep(5);
  }
}
