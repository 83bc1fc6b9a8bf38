import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of the machine, on all its addresses, that answers every request with `text`. */
export interface CanaryServer extends AsyncDisposable {
  readonly port: number;
  /** How many connections it has seen. */
  readonly connections: number;
}

export async function startCanaryServer(text: string): Promise<CanaryServer> {
  let connections = 0;
  const server: Server = createServer((_request, response) => response.end(text));
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
