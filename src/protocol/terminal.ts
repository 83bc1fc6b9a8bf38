/**
 * Terminal frames. One binary WebSocket message is one frame: a type byte, then the payload; numbers are big-endian.
 * They travel end to end between the browser and the pty host inside the sandbox; server and keeper pass them on.
 * On the pty host's unix socket each frame is preceded by its length (u32, type byte included).
 *
 * `seq` counts the bytes the shell has ever written. The pty host keeps the last 2 MiB, sends at most 1 MiB more than was
 * acknowledged, and after a reconnect goes on at the `seq` the browser asks for: no byte is lost or doubled.
 */
export const frameType = {
  /** browser → pty host, first frame: u64 seq to go on from (0: everything kept), u16 columns, u16 rows */
  attach: 0x00,
  /** browser → pty host: bytes typed, at most 64 KiB */
  input: 0x01,
  /** browser → pty host: u16 columns, u16 rows */
  resize: 0x02,
  /** browser → pty host: u64 seq; everything before it is on the screen */
  acknowledge: 0x03,
  /** pty host → browser, answer to attach: u64 shell id, u64 seq that the next output frame starts at (later than asked: bytes were dropped), u64 seq written so far */
  attached: 0x10,
  /** pty host → browser: u64 seq of the first byte, bytes (at most 32 KiB) */
  output: 0x11,
  /** pty host → browser: i32 exit status; the shell is gone, the next attach starts a new one */
  exit: 0x12,
} as const;

export const maxInputBytes = 64 * 1024;
export const maxUnacknowledgedBytes = 1024 * 1024;
/** Larger messages close the connection with 1009. */
export const maxFrameBytes = 128 * 1024;

export type ClientFrame =
  | { type: 'attach'; seq: bigint; columns: number; rows: number }
  | { type: 'input'; data: Uint8Array }
  | { type: 'resize'; columns: number; rows: number }
  | { type: 'acknowledge'; seq: bigint };

export type HostFrame =
  { type: 'attached'; shell: bigint; seq: bigint; written: bigint } | { type: 'output'; seq: bigint; data: Uint8Array } | { type: 'exit'; status: number };

/** Bytes of one frame, ready to send. */
export function encodeClientFrame(frame: ClientFrame): Uint8Array<ArrayBuffer> {
  switch (frame.type) {
    case 'attach': {
      const bytes = new Uint8Array(13);
      const view = new DataView(bytes.buffer);
      view.setUint8(0, frameType.attach);
      view.setBigUint64(1, frame.seq);
      view.setUint16(9, frame.columns);
      view.setUint16(11, frame.rows);
      return bytes;
    }
    case 'input': {
      const bytes = new Uint8Array(1 + frame.data.length);
      bytes[0] = frameType.input;
      bytes.set(frame.data, 1);
      return bytes;
    }
    case 'resize': {
      const bytes = new Uint8Array(5);
      const view = new DataView(bytes.buffer);
      view.setUint8(0, frameType.resize);
      view.setUint16(1, frame.columns);
      view.setUint16(3, frame.rows);
      return bytes;
    }
    case 'acknowledge': {
      const bytes = new Uint8Array(9);
      const view = new DataView(bytes.buffer);
      view.setUint8(0, frameType.acknowledge);
      view.setBigUint64(1, frame.seq);
      return bytes;
    }
  }
}

/** Reads a frame of the pty host; undefined when it is not one. */
export function decodeHostFrame(bytes: Uint8Array): HostFrame | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length === 25 && bytes[0] === frameType.attached) {
    return { type: 'attached', shell: view.getBigUint64(1), seq: view.getBigUint64(9), written: view.getBigUint64(17) };
  }
  if (bytes.length >= 9 && bytes[0] === frameType.output) {
    return { type: 'output', seq: view.getBigUint64(1), data: bytes.subarray(9) };
  }
  if (bytes.length === 5 && bytes[0] === frameType.exit) return { type: 'exit', status: view.getInt32(1) };
  return undefined;
}

/** Is this a well-formed frame that a browser may send? The server passes nothing else on. */
export function isClientFrame(bytes: Uint8Array): boolean {
  switch (bytes[0]) {
    case frameType.attach:
      return bytes.length === 13;
    case frameType.input:
      return bytes.length > 1 && bytes.length <= 1 + maxInputBytes;
    case frameType.resize:
      return bytes.length === 5;
    case frameType.acknowledge:
      return bytes.length === 9;
    default:
      return false;
  }
}
