import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { removeAccounts } from '#sandbox/host/accounts.ts';
import { cacheDirectory, defaultDataDirectory, instanceIn } from '#sandbox/host/instance.ts';
import { livingLeases } from '#sandbox/host/leases.ts';
import { removePool } from '#sandbox/host/pool.ts';
import { leaseEngine } from '#sandbox/keeper/engine-lease.ts';
import { say } from './say.ts';

const { values } = parseArgs({ options: { data: { type: 'string', default: defaultDataDirectory }, progress: { type: 'boolean', default: false } } });
const instance = instanceIn(values.data);

if (process.getuid?.() !== 0) {
  console.error('`npm run clean` removes what root has made, so it needs root: sudo npm run clean');
  process.exit(1);
}
const users = await livingLeases(instance);
if (users.length > 0) {
  console.error(`The course or a lab command is still running (process ${users.join(', ')}). End it first.`);
  process.exit(1);
}
say('clean', 'engine and sandboxes');
// Taking and giving back the engine ends every sandbox a killed run left behind, the engine and its network namespace.
await leaseEngine(instance)
  .then((lease) => lease[Symbol.asyncDispose]())
  .catch((error: unknown) => console.error('Cannot bring the engine up to clean it; going on:', error));
say('clean', `pool ${instance.poolFile}`);
await removePool(instance);
await rm(instance.runDirectory, { recursive: true, force: true });
await rm(instance.keeperDirectory, { recursive: true, force: true });
await rm(instance.runtimeDirectory, { recursive: true, force: true });
await rm(instance.engineLog, { force: true });
await rm(join(instance.dataDirectory, 'engine.lock'), { force: true });
// Not recursively: a server that still runs sees the project there.
await rmdir(join(instance.dataDirectory, 'view')).catch(() => undefined);
if (await isAnotherInUse()) {
  say('clean', 'another course runs on this machine: the shared cache, users and id range stay');
} else {
  say('clean', `cache ${cacheDirectory}`);
  await rm(cacheDirectory, { recursive: true, force: true });
  say('clean', 'users and id range');
  await removeAccounts();
}
if (values.progress) await rm(instance.dataDirectory, { recursive: true, force: true });
else say('clean', `the learners' progress stays in ${instance.serverDirectory}; --progress removes it, too`);

/** Cache, users and id range belong to all instances of the machine. */
async function isAnotherInUse(): Promise<boolean> {
  for (const name of await readdir('/run')) {
    if (/^schott(-[0-9a-f]{8})?$/.test(name) && (await livingLeases({ runDirectory: `/run/${name}` })).length > 0) return true;
  }
  return false;
}
