import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { containerdAnswers, containerdSocket, endContainerd, ensureContainerd } from './containerd-process.ts';
import { findProcess } from './find-process.ts';
import { sandboxUser, type Instance } from './instance.ts';
import { tidyEngine } from './tidy-engine.ts';
import { launch } from './launch.ts';

const runtimeSources = join(import.meta.dirname, '../runtime');
const startLimitMs = 90_000;

/** The name under which the engine knows our runtime wrapper. */
export const runtimeName = 'schott';

/** Starts the engine, or what is missing of it; resolves when it answers. A dockerd whose containerd has died finds the next one by itself. */
export async function ensureEngine(instance: Instance): Promise<void> {
  if (await pings(instance)) return ensureContainerd(instance);
  await endEngine(instance);
  await tidyEngine(instance);
  await installRuntime(instance);
  await ensureContainerd(instance);
  const configuration = configurationFile(instance);
  await writeFile(configuration, JSON.stringify(engineConfiguration(instance), null, 2));
  await waitForAnswer(instance, await launch(instance, 'dockerd', [`--config-file=${configuration}`]));
}

/** Stops the engine and waits for its end. Containers are the caller's business. */
export async function endEngine(instance: Instance): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const pid = await enginePid(instance);
    if (pid === undefined) break;
    process.kill(pid, signal);
    for (let waited = 0; waited < 15_000 && (await enginePid(instance)) !== undefined; waited += 50) await sleep(50);
  }
  await endContainerd(instance);
  await rm(instance.enginePidFile, { force: true });
  await rm(instance.engineSocket, { force: true });
}

/** Is the engine whole: does its API answer, and its containerd, without which no container starts? */
export async function answers(instance: Instance): Promise<boolean> {
  return (await Promise.all([pings(instance), containerdAnswers(instance)])).every(Boolean);
}

/** Waits until the engine answers, e.g. because housekeeping has started it again. Throws when `signal` says to stop. */
export async function whenEngineAnswers(instance: Instance, signal: AbortSignal): Promise<void> {
  while (!(await answers(instance))) await sleep(200, undefined, { signal });
}

function pings(instance: Instance): Promise<boolean> {
  return new Promise((resolve) => {
    const ping = request({ socketPath: instance.engineSocket, path: '/_ping', timeout: 2000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    ping.on('error', () => resolve(false));
    ping.on('timeout', () => ping.destroy());
    ping.end();
  });
}

async function installRuntime(instance: Instance): Promise<void> {
  await mkdir(instance.runtimeDirectory, { recursive: true, mode: 0o700 });
  for (const file of ['schott-runtime', 'schott-hook']) {
    await copyFile(join(runtimeSources, file), join(instance.runtimeDirectory, file));
    await chmod(join(instance.runtimeDirectory, file), 0o755);
  }
}

function engineConfiguration(instance: Instance): Record<string, unknown> {
  return {
    hosts: [`unix://${instance.engineSocket}`],
    // Without this the socket would belong to the machine's docker group.
    group: 'root',
    'data-root': join(instance.poolDirectory, 'engine'),
    'exec-root': join(instance.runDirectory, 'exec'),
    pidfile: instance.enginePidFile,
    containerd: containerdSocket(instance),
    'userns-remap': sandboxUser,
    'storage-driver': 'btrfs',
    bridge: 'none',
    icc: false,
    'ip-forward': false,
    'ip-masq': false,
    'live-restore': true,
    'exec-opts': ['native.cgroupdriver=cgroupfs'],
    'cgroup-parent': instance.cgroupParent,
    runtimes: { [runtimeName]: { path: join(instance.runtimeDirectory, 'schott-runtime') } },
    'default-address-pools': [{ base: '10.213.0.0/16', size: 28 }],
    'log-level': 'warn',
    'log-driver': 'none',
  };
}

async function waitForAnswer(instance: Instance, engineHasEnded: () => Promise<boolean>): Promise<void> {
  const startedAt = Date.now();
  while (!(await answers(instance))) {
    const hasEnded = await engineHasEnded();
    if (hasEnded || Date.now() - startedAt > startLimitMs) {
      const log = await readFile(instance.engineLog, 'utf8').catch(() => '');
      const reason = hasEnded ? 'dockerd ended' : `no answer within ${startLimitMs / 1000} s`;
      throw new Error(`Cannot start the engine: ${reason}\n${log.trimEnd().split('\n').slice(-8).join('\n')}`);
    }
    await sleep(100);
  }
}

/** Our dockerd, recognised by its command line: a pid file may be stale, or gone with its directory. */
export async function enginePid(instance: Instance): Promise<number | undefined> {
  return findProcess('dockerd', `--config-file=${configurationFile(instance)}`);
}

function configurationFile(instance: Instance): string {
  return join(instance.runDirectory, 'engine.json');
}
