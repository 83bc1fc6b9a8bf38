import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProcess } from './find-process.ts';
import type { Instance } from './instance.ts';
import { launch } from './launch.ts';
import { isAlive } from './lock.ts';

const startLimitMs = 60_000;

/**
 * Starts the engine's own containerd unless it answers already. Left to itself, dockerd uses the machine's where there is one (docker.io in Debian
 * starts it), and then sandboxes would hang on a service that others restart and update, outside of the engine's network namespace.
 */
export async function ensureContainerd(instance: Instance): Promise<void> {
  if (await containerdAnswers(instance)) return;
  await endContainerd(instance);
  await mkdir(join(instance.runDirectory, 'exec/containerd'), { recursive: true, mode: 0o700 });
  await writeFile(configurationFile(instance), configuration(instance), { mode: 0o600 });
  const hasEnded = await launch(instance, 'containerd', ['--config', configurationFile(instance)]);
  for (let waited = 0; !(await containerdAnswers(instance)); waited += 20) {
    if (await hasEnded()) throw new Error(`Cannot start the engine's containerd: it ended; ${instance.engineLog} may say why`);
    if (waited > startLimitMs) throw new Error(`Cannot start the engine's containerd: no answer within ${startLimitMs / 1000} s`);
    await sleep(20);
  }
}

/** Kills the engine's containerd. The shims, and with them the containers, live on. */
export async function endContainerd(instance: Instance): Promise<void> {
  const pid = await containerdPid(instance);
  if (pid === undefined) return;
  process.kill(pid, 'SIGKILL');
  for (let waited = 0; waited < 5000 && isAlive(pid); waited += 50) await sleep(50);
}

/** Does somebody accept connections on its socket? The file alone says nothing: it stays when containerd is killed. */
export function containerdAnswers(instance: Instance): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(containerdSocket(instance));
    const say = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', say(true)).once('error', say(false)).setTimeout(2000, say(false));
  });
}

/** Our containerd, recognised by its command line. */
export function containerdPid(instance: Instance): Promise<number | undefined> {
  return findProcess('containerd', configurationFile(instance));
}

export function containerdSocket(instance: Instance): string {
  return join(instance.runDirectory, 'exec/containerd/containerd.sock');
}

/** TOML as containerd-config.toml(5) has it: only what runs containers, no Kubernetes, none of the snapshotters (the engine has its own storage). */
function configuration(instance: Instance): string {
  return `version = 2
root = "${join(instance.poolDirectory, 'containerd')}"
state = "${join(instance.runDirectory, 'exec/containerd/daemon')}"
disabled_plugins = [
  "io.containerd.grpc.v1.cri",
  "io.containerd.internal.v1.opt",
  "io.containerd.snapshotter.v1.aufs",
  "io.containerd.snapshotter.v1.btrfs",
  "io.containerd.snapshotter.v1.devmapper",
  "io.containerd.snapshotter.v1.zfs",
  "io.containerd.tracing.processor.v1.otlp",
]
[grpc]
address = "${containerdSocket(instance)}"
[debug]
level = "warn"
`;
}

function configurationFile(instance: Instance): string {
  return join(instance.runDirectory, 'exec/containerd/containerd.toml');
}
