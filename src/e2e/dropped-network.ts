import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Network extends AsyncDisposable {
  /** The course as seen through this network. */
  readonly url: string;
  /** Breaks every connection and lets no new one through. */
  drop(): void;
  restore(): void;
}

/** A network between a browser and the course that can fail. Playwright's offline mode leaves open WebSockets alone; a real failure does not. */
export async function networkTo(courseUrl: string): Promise<Network> {
  const target = new URL(courseUrl);
  const open = new Set<Socket>();
  let isUp = true;
  const server = createServer((near) => {
    if (!isUp) return void near.destroy();
    const far = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const drop = (): void => {
    isUp = false;
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    drop,
    restore: () => void (isUp = true),
    async [Symbol.asyncDispose]() {
      drop();
      server.close();
      await once(server, 'close');
    },
  };
}
