import { chmod, chown, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runChecks } from '../checker/run-checks.ts';
import { keepQuotasHolding } from '../host/disk-quotas.ts';
import { answers, ensureEngine } from '../host/engine-process.ts';
import { probeCapabilities } from '../host/capabilities.ts';
import { instanceIn } from '../host/instance.ts';
import { endLauncher, launchThrough } from '../host/launch.ts';
import { toolHashesOf } from '../images/base-image.ts';
import { createKeeperApp } from './app.ts';
import { openClaims } from './claims.ts';
import { readConfiguration } from './configuration.ts';
import { openDemand } from './demand.ts';
import { leaseEngine } from './engine-lease.ts';
import { keeperSecret } from './flag.ts';
import { failures } from './keeper-failure.ts';
import { loadLabs } from './lab-folders.ts';
import { stockLabs } from './lab-shelf.ts';
import { countSleeping, letAllSleep, letSleep } from './let-sleep.ts';
import { reapOrphans } from './reaper.ts';
import { keepSandboxes } from './sandboxes.ts';
import { connectPlace } from './sandbox-parts.ts';
import { createStrayReaper } from './stray-reaper.ts';
import { openWarmOrders } from './warm-orders.ts';

process.umask(0o077);
const configuration = readConfiguration();
const instance = instanceIn(configuration.dataDirectory);
if (configuration.launcher !== undefined) launchThrough(configuration.launcher);
const lease = await leaseEngine(instance).catch(failToStart);
const capabilities = await probeCapabilities();
const labs = await loadLabs();
const unknown = configuration.offeredLabs?.find((id) => !labs.has(id));
if (unknown !== undefined) await failToStart(new Error(`Cannot offer lab "${unknown}": there is none with this id; \`npm run lab -- list\` names them`));
const place = connectPlace(instance, await keeperSecret(instance.keeperDirectory), 'keeper');
await reapOrphans(place);

const shelf = stockLabs(place.engine, { labs, offered: configuration.offeredLabs }, capabilities, () => void sandboxes.refill());
const memory = {
  claims: await openClaims(join(instance.keeperDirectory, 'claims.json')),
  demand: await openDemand(join(instance.keeperDirectory, 'demand.json')),
  orders: await openWarmOrders(join(instance.keeperDirectory, 'warm-orders.json')),
};
const sandboxes = keepSandboxes(place, labs, shelf, memory, configuration);
await sandboxes.recover();
void shelf.done.then(() => sandboxes.refill());

const toolHashes = new Map<string, Readonly<Record<string, string>>>();
let engineVersion: string | undefined;
const app = await createKeeperApp({
  sandboxes,
  shelf,
  async health() {
    const isUp = await answers(instance);
    if (isUp) engineVersion ??= (await place.engine.version()).Version;
    return {
      state: isUp ? 'ok' : 'degraded',
      ...(isUp ? {} : { reason: failures.engineDown().text }),
      ...(engineVersion === undefined ? {} : { engineVersion }),
      sandboxes: sandboxes.count,
      capacity: configuration.capacity,
      warm: sandboxes.warmCount,
      sleeping: countSleeping(sandboxes),
      capabilities,
    };
  },
  async check(id, isFull) {
    const parts = sandboxes.parts(id);
    using _awake = parts.rest.keepAwake();
    const folder = labs.get(parts.lab);
    if (folder === undefined) throw failures.unknownLab();
    const { Image } = await parts.dockerHost.inspect();
    const hashes = toolHashes.get(Image) ?? (await toolHashesOf(place.engine, Image));
    toolHashes.set(Image, hashes);
    const cgroup = `${instance.cgroupParent}/${parts.dockerHost.id}`;
    return await runChecks({ parts, lab: folder.lab, checks: folder.checks, cgroup, toolHashes: hashes, isFull });
  },
});

await rm(instance.keeperSocket, { force: true });
await app.listen({ path: instance.keeperSocket });
await chmod(instance.keeperSocket, 0o660);
if (configuration.serverGid !== undefined) await chown(instance.keeperSocket, 0, configuration.serverGid);
process.send?.({ type: 'listening' });

const housekeeping = new AbortController();
const looking = keepHouse(housekeeping.signal);
let isStopping = false;
process.on('SIGTERM', () => void stop(true));
process.on('SIGINT', () => void stop(true));
// Whoever started us is gone: the sandboxes live on for the next keeper.
process.on('disconnect', () => void stop(false));

/** Tells whoever started us why, in a line, before ending. */
async function failToStart(error: unknown): Promise<never> {
  console.error(error);
  const reason = error instanceof Error ? error.message : String(error);
  await new Promise<void>((resolve) => {
    if (process.send === undefined) resolve();
    else process.send({ type: 'failed', reason }, () => resolve());
  });
  process.exit(1);
}

/** Ends what is over, replaces what has died, and restarts the engine when it does not answer. */
async function keepHouse(signal: AbortSignal): Promise<void> {
  let silent = 0;
  let rounds = 0;
  const strays = createStrayReaper(instance);
  while (!signal.aborted) {
    await sleep(2000, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    try {
      if (!(await answers(instance))) {
        silent++;
        if (silent >= 2) await ensureEngine(instance);
        continue;
      }
      silent = 0;
      await sandboxes.removeExpired(new Date());
      await keepQuotasHolding(instance);
      const running = await place.engine.listContainers();
      await sandboxes.noticeDead(new Set(running.map((container) => container.Id)));
      letSleep(sandboxes, configuration.sleepAfterMs);
      if (++rounds % 30 === 0) await sandboxes.removeUnknown();
      if (rounds % 5 === 0) await strays.look((await place.engine.listContainers({ all: true })).map((container) => container.Id));
      // Takes as long as it takes; the next round must not wait for it.
      void sandboxes.refill();
    } catch (error) {
      console.error('Housekeeping failed:', error);
    }
  }
}

async function stop(removeSandboxes: boolean): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  housekeeping.abort();
  await looking;
  await app.close();
  if (removeSandboxes) {
    await sandboxes.removeAll();
    endLauncher();
    await lease[Symbol.asyncDispose]();
  } else {
    letAllSleep(sandboxes);
  }
  process.exit(0);
}
