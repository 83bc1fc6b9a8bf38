import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, copyFile, mkdir, open, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sandboxUser, type Instance } from './instance.ts';
import { isAlive } from './lock.ts';

const runtimeSources = join(import.meta.dirname, '../runtime');
const startLimitMs = 90_000;

/** The name under which the engine knows our runtime wrapper. */
export const runtimeName = 'schott';

/** Starts the engine unless it runs already; resolves when it answers. */
export async function ensureEngine(instance: Instance): Promise<void> {
  if (await answers(instance)) return;
  await endEngine(instance);
  await installRuntime(instance);
  const process = await start(instance);
  await waitForAnswer(instance, process);
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

/** Does the engine's API answer? */
export function answers(instance: Instance): Promise<boolean> {
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

async function start(instance: Instance): Promise<ChildProcess> {
  const configuration = configurationFile(instance);
  await writeFile(configuration, JSON.stringify(engineConfiguration(instance), null, 2));
  await using log = await open(instance.engineLog, 'a', 0o600);
  // nsenter, not `ip netns exec`: the latter mounts a /sys without cgroups, and dockerd finds no devices cgroup.
  const child = spawn('nsenter', [`--net=${instance.networkNamespace}`, 'dockerd', `--config-file=${configuration}`], {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  child.unref();
  return child;
}

function engineConfiguration(instance: Instance): Record<string, unknown> {
  return {
    hosts: [`unix://${instance.engineSocket}`],
    // Without this the socket would belong to the machine's docker group.
    group: 'root',
    'data-root': join(instance.poolDirectory, 'engine'),
    'exec-root': join(instance.runDirectory, 'exec'),
    pidfile: instance.enginePidFile,
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

async function waitForAnswer(instance: Instance, engine: ChildProcess): Promise<void> {
  const startedAt = Date.now();
  while (!(await answers(instance))) {
    const hasEnded = engine.exitCode !== null || engine.signalCode !== null;
    if (hasEnded || Date.now() - startedAt > startLimitMs) {
      const log = await readFile(instance.engineLog, 'utf8').catch(() => '');
      const reason = hasEnded ? 'dockerd ended' : `no answer within ${startLimitMs / 1000} s`;
      throw new Error(`Cannot start the engine: ${reason}\n${log.trimEnd().split('\n').slice(-8).join('\n')}`);
    }
    await sleep(100);
  }
}

/** Our dockerd, recognised by its command line: a pid file may be stale, or gone with its directory. */
async function enginePid(instance: Instance): Promise<number | undefined> {
  return findProcess('dockerd', `--config-file=${configurationFile(instance)}`);
}

/** dockerd's own containerd outlives a killed dockerd and would keep its files locked. */
async function endContainerd(instance: Instance): Promise<void> {
  const pid = await findProcess('containerd', join(instance.runDirectory, 'exec/containerd/containerd.toml'));
  if (pid === undefined) return;
  process.kill(pid, 'SIGKILL');
  for (let waited = 0; waited < 5000 && isAlive(pid); waited += 50) await sleep(50);
}

function configurationFile(instance: Instance): string {
  return join(instance.runDirectory, 'engine.json');
}

/** The running process of this name that was started with this argument. */
async function findProcess(name: string, argument: string): Promise<number | undefined> {
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const [comm, commandLine] = await Promise.all(['comm', 'cmdline'].map((file) => readFile(`/proc/${entry}/${file}`, 'utf8').catch(() => '')));
    if (comm?.trim() === name && commandLine?.split('\0').includes(argument)) return Number(entry);
  }
  return undefined;
}
