import { readdir, readFile, readlink } from 'node:fs/promises';
import type { KernelProcess } from '#lab';
import { hashOfExecutable } from './executable-hash.ts';
import { parseMounts, relativeToHost, type RawMount } from './mounts.ts';

/** What is needed to translate ids and paths of one sandbox. */
export interface KernelFrame {
  /** The sandbox's own cgroup, e.g. `/schott/<container id>`. */
  readonly cgroup: string;
  /** First id of the sandbox's range on the machine. */
  readonly uidBase: number;
  readonly gidBase: number;
  /** Seccomp filters that we have laid on the whole Docker host: they are not the learner's doing. */
  readonly ownSeccompFilters: number;
  /** The Docker host's root mount, to recognise its disk. */
  readonly rootMount: RawMount;
}

/** Reads how the kernel sees the Docker host whose first process is `pid`. */
export async function readKernelFrame(pid: number, cgroup: string): Promise<KernelFrame> {
  const [uidMap, gidMap, mountInfo, status] = await Promise.all(
    ['uid_map', 'gid_map', 'mountinfo', 'status'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8')),
  );
  const rootMount = parseMounts(mountInfo ?? '').find((mount) => mount.target === '/');
  if (rootMount === undefined) throw new Error(`Cannot read the mounts of process ${pid}: it has no root`);
  const ownSeccompFilters = Number(/^Seccomp_filters:\s*(\d+)/m.exec(status ?? '')?.[1] ?? 0);
  return { cgroup, uidBase: outsideStart(uidMap ?? ''), gidBase: outsideStart(gidMap ?? ''), ownSeccompFilters, rootMount };
}

/** Everything the kernel says about one process of a sandbox; undefined when it has ended. */
export async function readProcess(pid: number, frame: KernelFrame): Promise<KernelProcess | undefined> {
  try {
    const folder = `/proc/${pid}`;
    const [status, commandLine, cgroup, mountInfo, uidMap, gidMap] = await Promise.all(
      ['status', 'cmdline', 'cgroup', 'mountinfo', 'uid_map', 'gid_map'].map((file) => readFile(`${folder}/${file}`, 'utf8').catch(whenEnded(file))),
    );
    const field = (name: string): string => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status ?? '')?.[1] ?? '';
    const numbers = (name: string): number[] => field(name).split(/\s+/).filter(Boolean).map(Number);
    const uids = numbers('Uid');
    const gids = numbers('Gid');
    const groups = numbers('Groups');
    return {
      pids: asNonEmpty(numbers('NSpid')),
      comm: field('Name'),
      commandLine: (commandLine ?? '').replaceAll('\0', ' ').trim(),
      uids: four(uids.map((id) => id - frame.uidBase)),
      gids: four(gids.map((id) => id - frame.gidBase)),
      groups: groups.map((id) => id - frame.gidBase),
      uidsInContainer: four(uids.map((id) => translate(id, uidMap ?? ''))),
      gidsInContainer: four(gids.map((id) => translate(id, gidMap ?? ''))),
      groupsInContainer: groups.map((id) => translate(id, gidMap ?? '')),
      capabilities: {
        effective: capabilitySet(field('CapEff')),
        permitted: capabilitySet(field('CapPrm')),
        inheritable: capabilitySet(field('CapInh')),
        bounding: capabilitySet(field('CapBnd')),
        ambient: capabilitySet(field('CapAmb')),
      },
      noNewPrivileges: field('NoNewPrivs') === '1',
      seccomp: Number(field('Seccomp_filters')) > frame.ownSeccompFilters || Number(field('Seccomp')) !== 2 ? Number(field('Seccomp')) : 0,
      namespaces: await readNamespaces(folder),
      mounts: parseMounts(mountInfo ?? '').map((mount) => relativeToHost(mount, frame.rootMount)),
      cgroup: belowSandbox(cgroup ?? '', frame.cgroup),
      executableHash: () => hashOfExecutable(pid),
    };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** All pids in a sandbox's cgroup and below. A learner can move processes around in there, but not out. */
export async function pidsBelow(cgroup: string): Promise<number[]> {
  for (const root of ['/sys/fs/cgroup/pids', '/sys/fs/cgroup/unified', '/sys/fs/cgroup']) {
    const pids = await pidsOf(`${root}${cgroup}`);
    if (pids !== undefined) return pids;
  }
  return [];
}

async function pidsOf(directory: string): Promise<number[] | undefined> {
  const own = await readFile(`${directory}/cgroup.procs`, 'utf8').catch(() => undefined);
  if (own === undefined) return undefined;
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const children = await Promise.all(entries.filter((entry) => entry.isDirectory()).map((entry) => pidsOf(`${directory}/${entry.name}`)));
  return [...own.split('\n').filter(Boolean).map(Number), ...children.flatMap((pids) => pids ?? [])];
}

const namespaceNames = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'user', 'uts'] as const;

async function readNamespaces(folder: string): Promise<KernelProcess['namespaces']> {
  const links = await Promise.all(namespaceNames.map(async (name) => [name, /\d+/.exec(await readlink(`${folder}/ns/${name}`))?.[0] ?? ''] as const));
  return Object.fromEntries(links) as KernelProcess['namespaces'];
}

/** A zombie has a status but no mounts: that is a fact about it, not an error. */
function whenEnded(file: string): (error: unknown) => string {
  return (error) => {
    if (file === 'mountinfo' && error instanceof Error && 'code' in error && error.code === 'EINVAL') return '';
    throw error;
  };
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH'].includes(String(error.code));
}

/** Path below the sandbox's cgroup; of several hierarchies (cgroup v1) the pids controller's counts. */
function belowSandbox(content: string, sandboxCgroup: string): string {
  const lines = content
    .trimEnd()
    .split('\n')
    .map((line) => line.split(':'));
  const line = lines.find(([, controllers]) => (controllers ?? '').split(',').includes('pids')) ?? lines.find(([, controllers]) => controllers === '');
  const path = line?.slice(2).join(':') ?? '';
  return path.startsWith(sandboxCgroup) ? path.slice(sandboxCgroup.length) || '/' : path;
}

function outsideStart(map: string): number {
  return Number(map.trim().split(/\s+/)[1] ?? 0);
}

/** A machine's id as the process's own user namespace numbers it; the overflow id when it is not mapped. */
function translate(id: number, map: string): number {
  for (const line of map.trim().split('\n')) {
    const [inside = 0, outside = 0, length = 0] = line.trim().split(/\s+/).map(Number);
    if (id >= outside && id < outside + length) return id - outside + inside;
  }
  return 65534;
}

function capabilitySet(hex: string): bigint {
  return BigInt(`0x${hex || '0'}`);
}

function four(ids: number[]): [number, number, number, number] {
  return [ids[0] ?? -1, ids[1] ?? -1, ids[2] ?? -1, ids[3] ?? -1];
}

function asNonEmpty(pids: number[]): [number, ...number[]] {
  const [first, ...rest] = pids;
  return [first ?? -1, ...rest];
}
