import { readFile } from 'node:fs/promises';
import { pidsBelow } from '#sandbox/checker/kernel-process.ts';
import { labels } from '#sandbox/engine/labels.ts';
import { containerdPid } from '#sandbox/host/containerd-process.ts';
import { enginePid } from '#sandbox/host/engine-process.ts';
import { listProcesses } from '#sandbox/census/list-processes.ts';
import type { Course } from '../bench/course.ts';
import type { Chance } from './chance.ts';

/** Whom a kill may hit, and how often in comparison. All are SIGKILL; `docker-host` is `docker kill` on the engine. */
export const killWeights = {
  server: 4,
  keeper: 4,
  engine: 2,
  containerd: 1,
  relay: 3,
  'nested-docker': 2,
  'nested-containerd': 1,
  'pty-host': 1,
  shim: 1,
  'docker-host': 1,
} as const;
export type KillKind = keyof typeof killWeights;

/** What can be killed: a process, or a container with all in it. `sandbox`: whose it is. */
export interface Victim {
  readonly sandbox?: string;
  kill(): Promise<void> | void;
}

/** A victim of this kind, undefined when there is none at the moment. It belongs to the course: found by its parentage, cgroup or paths. */
export async function findVictim(course: Course, kind: KillKind, chance: Chance): Promise<Victim | undefined> {
  switch (kind) {
    case 'server':
    case 'keeper':
      return aim(course.pidOf(kind));
    case 'engine':
      return aim(await enginePid(course.instance));
    case 'containerd':
      return aim(await containerdPid(course.instance));
    case 'relay':
      return aim(chance.oneOf(await commandsWith(course, `${course.instance.relayDirectory}/`)));
    case 'shim':
    case 'docker-host':
    case 'pty-host':
    case 'nested-docker':
    case 'nested-containerd':
      return findInSandbox(course, kind, chance);
  }
}

async function findInSandbox(course: Course, kind: KillKind, chance: Chance): Promise<Victim | undefined> {
  const filters = { label: [`${labels.kind}=dockerhost`], status: ['running'] };
  const host = chance.oneOf((await course.engine.listContainers({ filters })).toSorted((a, b) => a.Created - b.Created));
  if (host === undefined) return undefined;
  const sandbox = host.Labels[labels.sandbox] ?? '';
  if (kind === 'docker-host') return { sandbox, kill: () => course.engine.getContainer(host.Id).kill() };
  if (kind === 'shim') return aim((await commandsWith(course, `-id ${host.Id} `))[0], sandbox);
  const comm = { 'pty-host': 'pty-host', 'nested-docker': 'dockerd', 'nested-containerd': 'containerd' }[kind as string];
  const pids = await pidsBelow(`${course.instance.cgroupParent}/${host.Id}`);
  const names = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')));
  return aim(
    pids.find((_, index) => names[index]?.trim() === comm),
    sandbox,
  );
}

/** Numbers of the course's processes whose command line holds `text`. */
async function commandsWith(course: Course, text: string): Promise<number[]> {
  const { processes } = await listProcesses(course.instance);
  return processes.filter((line) => line.includes(text)).map((line) => Number.parseInt(line, 10));
}

function aim(pid: number | undefined, sandbox?: string): Victim | undefined {
  if (pid === undefined) return undefined;
  return {
    ...(sandbox === undefined ? {} : { sandbox }),
    kill: () => void process.kill(pid, 'SIGKILL'),
  };
}
