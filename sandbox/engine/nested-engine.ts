import { Agent } from 'node:http';
import type { Duplex } from 'node:stream';
import Docker from 'dockerode';

/** A connection to the engine inside a sandbox. Everything it says is the sandbox's word. */
export type NestedEngine = Docker;

/** Connects through `open`, which gives a fresh connection to the nested engine's socket each time. */
export function connectNestedEngine(open: () => Promise<Duplex>): NestedEngine {
  // @types/dockerode does not know `agent`, which docker-modem hands to node:http.
  const options: Docker.DockerOptions & { agent: Agent } = { protocol: 'http', host: 'nested-engine', port: 80, agent: new ThroughConnections(open) };
  return new Docker(options);
}

class ThroughConnections extends Agent {
  readonly #open: () => Promise<Duplex>;

  constructor(open: () => Promise<Duplex>) {
    super({ keepAlive: false });
    this.#open = open;
  }

  override createConnection(_options: unknown, done?: (error: Error | null, stream: Duplex) => void): undefined {
    this.#open().then(
      (stream) => done?.(null, stream),
      (error: unknown) => done?.(error instanceof Error ? error : new Error(String(error)), undefined as unknown as Duplex),
    );
  }
}
