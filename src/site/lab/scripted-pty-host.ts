import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { WebSocket as ServerSocket } from 'ws';
import { frameType } from '#protocol/terminal.ts';

/** A real WebSocket server in the place of the pty host: the test says what it answers. */
export async function startPtyHost() {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const lines: Promise<Line>[] = [];
  const waiting: ((line: Promise<Line>) => void)[] = [];
  let count = 0;
  server.on('connection', (socket) => {
    count += 1;
    const line = openLine(socket);
    const taker = waiting.shift();
    if (taker) taker(line);
    else lines.push(line);
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lineCount: () => count,
    nextLine: (): Promise<Line> => lines.shift() ?? new Promise((resolve) => waiting.push(resolve)),
    async [Symbol.asyncDispose]() {
      for (const client of server.clients) client.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}

type Line = Awaited<ReturnType<typeof openLine>>;

async function openLine(socket: ServerSocket) {
  const frames: Buffer[] = [];
  const firstFrame = new Promise<Buffer>((resolve) => {
    socket.once('message', resolve);
  });
  socket.on('message', (data: Buffer) => frames.push(data));
  const attach = await firstFrame;
  if (attach[0] !== frameType.attach) throw new Error(`Cannot open the line: its first frame is of type ${attach[0]}, not an attach`);
  const ofType = (type: number) => frames.filter((frame) => frame[0] === type);
  return {
    socket,
    attach: { seq: attach.readBigUInt64BE(1), columns: attach.readUInt16BE(9), rows: attach.readUInt16BE(11) },
    attached({ shell, seq, written = seq }: { shell: bigint; seq: bigint; written?: bigint }) {
      const frame = Buffer.alloc(25);
      frame[0] = frameType.attached;
      frame.writeBigUInt64BE(shell, 1);
      frame.writeBigUInt64BE(seq, 9);
      frame.writeBigUInt64BE(written, 17);
      socket.send(frame);
    },
    output(seq: bigint, text: string) {
      const head = Buffer.alloc(9);
      head[0] = frameType.output;
      head.writeBigUInt64BE(seq, 1);
      socket.send(Buffer.concat([head, Buffer.from(text)]));
    },
    exit(status: number) {
      const frame = Buffer.alloc(5);
      frame[0] = frameType.exit;
      frame.writeInt32BE(status, 1);
      socket.send(frame);
    },
    typed: () => Buffer.concat(ofType(frameType.input).map((frame) => frame.subarray(1))).toString(),
    acknowledged: () => ofType(frameType.acknowledge).map((frame) => frame.readBigUInt64BE(1)),
    sizes: () => ofType(frameType.resize).map((frame) => [frame.readUInt16BE(1), frame.readUInt16BE(3)]),
  };
}
