import { join } from 'node:path';
import { createApp } from './app.ts';
import { loadCatalog } from './catalog.ts';
import { readConfiguration } from './configuration.ts';
import { connectKeeper } from './keeper/keeper.ts';
import { openCookieSecret } from './security/cookie-secret.ts';
import { openStore } from './store/open-store.ts';

const shutdownLimitMs = 5000;

// The database and the cookie secret are nobody else's business.
process.umask(0o077);

const configuration = readConfiguration();
const cookieSecret = openCookieSecret(configuration.dataDirectory);
const store = openStore(join(configuration.dataDirectory, 'schott.sqlite'));
const catalog = await loadCatalog((id, error) => console.error(`Cannot load lab ${id}; it is left out:`, error));
const keeper = configuration.keeperSocket === undefined ? undefined : connectKeeper(configuration.keeperSocket);
const app = await createApp({ configuration, store, keeper, catalog, cookieSecret, logger: true });

let isStopping = false;
for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(event, () => void stop());

const url = await app.listen({ port: configuration.port, host: configuration.host });
// Tells the parent, if there is one, that the server is up, and where.
process.send?.({ type: 'listening', url });

async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  // Requests that wait for the keeper must not keep the process alive; what they began is taken up at the next start.
  setTimeout(() => process.exit(0), shutdownLimitMs).unref();
  await app.close();
  store[Symbol.dispose]();
  process.exit(0);
}
