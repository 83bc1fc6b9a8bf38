import type { Text } from '#lab';
import { ensureAccounts, serverIds } from '#sandbox/host/accounts.ts';
import { instanceIn } from '#sandbox/host/instance.ts';
import { buildSite } from './build-site.ts';
import { watchBaking } from './watch-baking.ts';
import { readOptions, usage, type StartOptions } from './options.ts';
import { serverStarter, startKeeper } from './processes.ts';
import { makeReady } from './readiness.ts';
import { say, sayInPlace } from './say.ts';
import { supervise, type Supervised } from './supervise.ts';

const isRoot = process.getuid?.() === 0;
const options = readOptionsOrExit();
const running: Supervised[] = [];
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());

await main();

/** Makes everything ready, starts keeper and server, says where the course is. */
async function main(): Promise<void> {
  say('schott', `data in ${options.dataDirectory}`);
  let reason = await makeReady();
  const site = build();
  if (reason === undefined) reason = await startSandboxes();
  await site;
  const instance = instanceIn(options.dataDirectory);
  const server = supervise('server', await serverStarter(options, instance, reason === undefined ? { keeperSocket: instance.keeperSocket } : { reason }));
  running.push(server);
  const message = await server.up.catch(exitWith);
  if (reason !== undefined) say('labs', `not available: ${reason.en}`);
  const { url } = message as { url: string };
  say('ready', `the course is at ${url.replace('127.0.0.1', 'localhost').replace('0.0.0.0', 'localhost')}/   (Ctrl-C ends it)`);
  if (reason === undefined) await watchBaking(instance.keeperSocket, () => isStopping);
}

async function build(): Promise<void> {
  const show = sayInPlace('site');
  const wasBuilt = await buildSite(show).catch(exitWith);
  show.end();
  say('site', wasBuilt ? 'built' : 'is up to date');
}

/** Brings the keeper up; gives the reason when that is not possible here. */
async function startSandboxes(): Promise<Text | undefined> {
  say('engine', 'starting: accounts, pool, network namespace, engine');
  try {
    await ensureAccounts();
    const { gid } = await serverIds();
    const keeper = supervise('keeper', () => startKeeper(options, gid));
    running.push(keeper);
    await keeper.up;
    say('engine', 'running');
    return undefined;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return {
      de: `Die Docker-Hosts ließen sich nicht bereitstellen: ${detail}. Näheres steht in der Ausgabe von \`npm start\`.`,
      en: `The Docker hosts could not be set up: ${detail}. The output of \`npm start\` says more.`,
    };
  }
}

async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  console.log('');
  say('ending', 'server, sandboxes and engine');
  // Ctrl-C goes to all of them at once.
  for (const process of running) process.expectEnd();
  for (const process of running.toReversed()) await process.stop();
  say('ended', 'nothing is left running');
  process.exit(0);
}

function readOptionsOrExit(): StartOptions {
  try {
    return readOptions(isRoot);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}

async function exitWith(error: unknown): Promise<never> {
  console.error(error instanceof Error ? error.message : error);
  isStopping = true;
  for (const process of running.toReversed()) await process.stop();
  process.exit(1);
}
