import { Agent } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import Docker from 'dockerode';

/** A connection to the engine inside a sandbox. Everything it says is the sandbox's word. */
export type NestedEngine = Docker;

/** The nested engine gave an answer that nobody needs to read, e.g. labels of megabytes. */
export class AnswerTooLarge extends Error {
  constructor(maxBytes: number) {
    super(`The nested engine's answer is longer than ${maxBytes / 1024 ** 2} MiB`);
    this.name = 'AnswerTooLarge';
  }
}

/**
 * Connects through `open`, which gives a fresh connection to the nested engine's socket each time. An answer of more than `maxAnswerBytes` ends with
 * AnswerTooLarge: the client keeps answers in memory, and their length is the sandbox's choice. Infinity is for streams that are read bit by bit.
 */
export function connectNestedEngine(open: () => Promise<Socket>, maxAnswerBytes: number): NestedEngine {
  // @types/dockerode does not know `agent`, which docker-modem hands to node:http.
  const options: Docker.DockerOptions & { agent: Agent } = {
    protocol: 'http',
    host: 'nested-engine',
    port: 80,
    agent: new ThroughConnections(open, maxAnswerBytes),
  };
  return new Docker(options);
}

class ThroughConnections extends Agent {
  readonly #open: () => Promise<Socket>;
  readonly #maxAnswerBytes: number;

  constructor(open: () => Promise<Socket>, maxAnswerBytes: number) {
    super({ keepAlive: false });
    this.#open = open;
    this.#maxAnswerBytes = maxAnswerBytes;
  }

  override createConnection(_options: unknown, done?: (error: Error | null, stream: Duplex) => void): undefined {
    this.#open().then(
      (socket) => {
        done?.(null, socket);
        if (this.#maxAnswerBytes !== Infinity) this.#bound(socket);
      },
      (error: unknown) => done?.(error instanceof Error ? error : new Error(String(error)), undefined as unknown as Duplex),
    );
  }

  #bound(socket: Socket): void {
    const before = socket.bytesRead;
    const look = (): void => {
      if (socket.bytesRead - before > this.#maxAnswerBytes) socket.destroy(new AnswerTooLarge(this.#maxAnswerBytes));
    };
    // Whoever listens sets the socket flowing: not before node:http does.
    setImmediate(() => socket.on('data', look));
  }
}
