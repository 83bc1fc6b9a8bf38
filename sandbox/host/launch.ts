import { spawn } from 'node:child_process';
import { closeSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { findProcess } from './find-process.ts';
import type { Instance } from './instance.ts';

/** What the engine consists of. Each is told apart from others of its name by its last argument. */
type EngineProgram = 'dockerd' | 'containerd';

/** How long a program may take to be seen when somebody else starts it. */
const appearanceLimitMs = 5000;

let launcher: number | undefined;

/**
 * From now on the engine's programs are started by the process that reads from this descriptor (`start-keeper`): they need rights that we no longer
 * have, and would hand our own restrictions on to every sandbox.
 */
export function launchThrough(descriptor: number): void {
  launcher = descriptor;
}

/** Ends that process: nothing is to be started any more. */
export function endLauncher(): void {
  if (launcher !== undefined) closeSync(launcher);
}

/** Starts one of the engine's programs in the engine's network namespace, to live on without us. Gives a way to ask whether it has ended. */
export async function launch(instance: Instance, program: EngineProgram, args: readonly string[]): Promise<() => Promise<boolean>> {
  return launcher === undefined ? launchOurselves(instance, program, args) : order(launcher, instance, program, args);
}

async function launchOurselves(instance: Instance, program: EngineProgram, args: readonly string[]): Promise<() => Promise<boolean>> {
  await using log = await open(instance.engineLog, 'a', 0o600);
  // nsenter, not `ip netns exec`: the latter mounts a /sys without cgroups, and dockerd finds no devices cgroup.
  // The usual umask, not the keeper's: what containerd starts makes the sandboxes' cgroups, and their root must be able to enter those.
  const child = spawn('nsenter', [`--net=${instance.networkNamespace}`, 'sh', '-c', 'umask 022; exec "$@"', 'sh', program, ...args], {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  child.unref();
  return async () => child.exitCode !== null || child.signalCode !== null;
}

function order(descriptor: number, instance: Instance, program: EngineProgram, args: readonly string[]): () => Promise<boolean> {
  try {
    writeSync(descriptor, `${[instance.networkNamespace, instance.engineLog, program, ...args].join('\t')}\n`);
  } catch (error) {
    // The next keeper has a launcher of its own; the sandboxes live on until then.
    console.error(`Cannot start ${program}: the launcher has ended`, error);
    process.exit(1);
  }
  const orderedAt = Date.now();
  let wasSeen = false;
  return async () => {
    const isThere = (await findProcess(program, args.at(-1) ?? '')) !== undefined;
    wasSeen ||= isThere;
    return !isThere && (wasSeen || Date.now() - orderedAt > appearanceLimitMs);
  };
}
