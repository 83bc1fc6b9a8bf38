import { decodeHostFrame, encodeClientFrame, maxInputBytes } from '#protocol/terminal.ts';
import type { HostFrame } from '#protocol/terminal.ts';
import { reconnectDelayMs } from './reconnect-delay.ts';

/** What the connection draws on. */
export interface Screen {
  size(): { columns: number; rows: number };
  /** Draws bytes in order; `drawn` is called when they are on the screen. */
  write(data: Uint8Array, drawn: () => void): void;
  /** Says that `bytes` of output are missing here: the shell wrote faster than they could be shown. */
  skip(bytes: number): void;
  /** Empties screen and scrollback, after everything written before. */
  clear(): void;
}

/**
 * connecting: first attempt · attached · reconnecting: the line is down · waiting: the server answers but cannot reach the
 * shell now · exited: the shell ended, Enter starts a new one · gone: no such session or terminal · over: the session has ended.
 */
type TerminalState = 'connecting' | 'attached' | 'reconnecting' | 'waiting' | 'exited' | 'gone' | 'over';

export interface TerminalStatus {
  readonly state: TerminalState;
  /** Exit status of the shell, when the state is exited. */
  readonly exitStatus?: number;
  /** Typed but not sent yet: kept until the shell can be reached. */
  readonly unsentBytes: number;
}

/** WebSocket close codes of the server. */
export const closeCode = { gone: 4404, over: 4410, unreachable: 4503 } as const;

const acknowledgeEveryBytes = 64 * 1024;
const carriageReturn = 0x0d;

/**
 * One terminal's line to its shell. It goes on after every interruption at the byte it had reached, keeps what is typed
 * meanwhile, and tells the host how far the screen has got.
 */
export class TerminalConnection {
  readonly #url: string;
  readonly #screen: Screen;
  readonly #onStatus: (status: TerminalStatus) => void;
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;
  #state: TerminalState = 'connecting';
  #exitStatus: number | undefined;
  #shell: bigint | undefined;
  #asked = 0n;
  #received = 0n;
  #acknowledged = 0n;
  #drawn = 0n;
  #writtenBefore = 0n;
  #unsent: Uint8Array[] = [];

  constructor(url: string, screen: Screen, onStatus: (status: TerminalStatus) => void) {
    this.#url = url;
    this.#screen = screen;
    this.#onStatus = onStatus;
  }

  get status(): TerminalStatus {
    const unsentBytes = this.#unsent.reduce((sum, piece) => sum + piece.length, 0);
    return { state: this.#state, unsentBytes, ...(this.#exitStatus === undefined ? {} : { exitStatus: this.#exitStatus }) };
  }

  /** Is what is being drawn older than this connection? Questions in it, e.g. for the cursor position, have long been answered. */
  get isReplaying(): boolean {
    return this.#drawn < this.#writtenBefore;
  }

  /** Connects now; also when a later attempt is already planned, or when the line may be dead without saying so. */
  connect(): void {
    this.dispose();
    if (this.#state === 'attached') this.#setState('reconnecting');
    if (this.#state === 'exited') this.#setState('connecting');
    const socket = new WebSocket(this.#url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.addEventListener('open', () => this.#attach());
    socket.addEventListener('message', ({ data }) => {
      if (socket === this.#socket && data instanceof ArrayBuffer) this.#receive(decodeHostFrame(new Uint8Array(data)));
    });
    socket.addEventListener('close', ({ code }) => {
      if (socket === this.#socket) this.#closed(code);
    });
  }

  /** Sends what was typed, or keeps it until the shell is back. False: too much is waiting already, nothing was kept. */
  send(data: Uint8Array): boolean {
    if (this.#state === 'exited') return this.#startShellOnEnter(data);
    if (this.#state === 'gone' || this.#state === 'over') return false;
    if (this.#state === 'attached') {
      this.#transmit(data);
      return true;
    }
    if (this.status.unsentBytes + data.length > maxInputBytes) return false;
    this.#unsent.push(data);
    this.#report();
    return true;
  }

  resize(columns: number, rows: number): void {
    if (this.#state === 'attached') this.#socket?.send(encodeClientFrame({ type: 'resize', columns, rows }));
  }

  /** Forgets what was typed while the line was down. */
  discardUnsent(): void {
    this.#unsent = [];
    this.#report();
  }

  /** Lets go of the line; the shell lives on. */
  dispose(): void {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #attach(): void {
    this.#asked = this.#received;
    this.#socket?.send(encodeClientFrame({ type: 'attach', seq: this.#asked, ...this.#screen.size() }));
  }

  #receive(frame: HostFrame | undefined): void {
    if (frame === undefined) return;
    switch (frame.type) {
      case 'attached':
        return this.#attached(frame);
      case 'output':
        return this.#draw(frame);
      case 'exit':
        this.#exitStatus = frame.status;
        this.#setState('exited');
    }
  }

  #attached({ shell, seq, written }: { shell: bigint; seq: bigint; written: bigint }): void {
    const isOtherShell = this.#shell !== undefined && this.#shell !== shell;
    if (isOtherShell) {
      this.#screen.clear();
      // Meant for a shell that is no longer there: a new one must not run it.
      this.#unsent = [];
    }
    this.#shell = shell;
    if (isOtherShell && this.#asked > 0n && seq > 0n) {
      // The question was about the old shell's bytes: ask again, or the beginning of the new shell's would be missing.
      this.#startFrom(0n);
      this.connect();
      return;
    }
    if (!isOtherShell && this.#asked > 0n && seq > this.#asked) this.#screen.skip(Number(seq - this.#asked));
    this.#startFrom(seq);
    this.#writtenBefore = written;
    this.#attempt = 0;
    this.#exitStatus = undefined;
    const unsent = this.#unsent;
    this.#unsent = [];
    for (const data of unsent) this.#transmit(data);
    this.#setState('attached');
  }

  #startFrom(seq: bigint): void {
    this.#received = seq;
    this.#acknowledged = seq;
    this.#drawn = seq;
  }

  #draw({ seq, data }: { seq: bigint; data: Uint8Array }): void {
    if (seq > this.#received) {
      // The host keeps up with the shell, not with a slow screen, and drops what lies too far back.
      this.#screen.skip(Number(seq - this.#received));
      this.#received = seq;
    }
    const fresh = data.subarray(Number(this.#received - seq));
    if (fresh.length === 0) return;
    this.#received += BigInt(fresh.length);
    const end = this.#received;
    const shell = this.#shell;
    this.#screen.write(fresh, () => {
      if (shell === this.#shell) this.#acknowledge(end);
    });
  }

  #acknowledge(drawn: bigint): void {
    this.#drawn = drawn;
    if (this.#state !== 'attached' || drawn <= this.#acknowledged) return;
    if (drawn < this.#received && drawn - this.#acknowledged < BigInt(acknowledgeEveryBytes)) return;
    this.#acknowledged = drawn;
    this.#socket?.send(encodeClientFrame({ type: 'acknowledge', seq: drawn }));
  }

  #transmit(data: Uint8Array): void {
    for (let start = 0; start < data.length; start += maxInputBytes) {
      this.#socket?.send(encodeClientFrame({ type: 'input', data: data.subarray(start, start + maxInputBytes) }));
    }
  }

  #startShellOnEnter(data: Uint8Array): boolean {
    if (!data.includes(carriageReturn)) return true;
    this.#screen.clear();
    this.#shell = undefined;
    this.#startFrom(0n);
    // A single Enter only asks for the shell; a whole command is meant for it.
    if (data.length > 1) this.#unsent.push(data);
    this.connect();
    return true;
  }

  #closed(code: number): void {
    this.#socket = undefined;
    if (this.#state === 'exited') return;
    if (code === closeCode.gone) return this.#setState('gone');
    if (code === closeCode.over) return this.#setState('over');
    this.#timer = setTimeout(() => this.connect(), reconnectDelayMs(this.#attempt));
    this.#attempt += 1;
    this.#setState(code === closeCode.unreachable ? 'waiting' : 'reconnecting');
  }

  #setState(state: TerminalState): void {
    this.#state = state;
    this.#report();
  }

  #report(): void {
    this.#onStatus(this.status);
  }
}
