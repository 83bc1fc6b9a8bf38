import { readFile, readlink } from 'node:fs/promises';
import type { KernelProcess } from '#lab';
import { inTurns, listBounded, pathOf, readBounded, readStart, tooMuch } from './bounded-read.ts';
import { hashOfExecutable } from './executable-hash.ts';
import { MountTables } from './mount-tables.ts';
import { parseMounts, type RawMount } from './mounts.ts';

/** Of a file that tells about a process: one may be in 65,536 groups, which nobody needs. */
const maxFileBytes = 16 * 1024;
const maxEnvironmentBytes = 256 * 1024;
const maxCgroups = 5000;
const width = 16;

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
  const [uidMap, gidMap, status] = await Promise.all(['uid_map', 'gid_map', 'status'].map((file) => readBounded(`/proc/${pid}/${file}`, maxFileBytes)));
  // The root was mounted first and stands there first.
  const { text: mountInfo } = await readStart(`/proc/${pid}/mountinfo`, maxFileBytes);
  const rootMount = parseMounts(mountInfo).find((mount) => mount.target === '/');
  if (rootMount === undefined) throw new Error(`Cannot read the mounts of process ${pid}: it has no root`);
  const ownSeccompFilters = Number(/^Seccomp_filters:\s*(\d+)/m.exec(status ?? '')?.[1] ?? 0);
  return { cgroup, uidBase: outsideStart(uidMap ?? ''), gidBase: outsideStart(gidMap ?? ''), ownSeccompFilters, rootMount };
}

/** All processes of a sandbox, a few at a time. `signal` ends it early. Throws Inconclusive (`too-much`). */
export async function readProcesses(frame: KernelFrame, signal: AbortSignal): Promise<KernelProcess[]> {
  const tables = new MountTables(frame.rootMount);
  const all = await inTurns(await pidsBelow(frame.cgroup), width, signal, (pid) => readProcess(pid, frame, tables));
  return all.filter((process) => process !== undefined);
}

/** Everything the kernel says about one process of a sandbox; undefined when it has ended. Throws Inconclusive (`too-much`). */
export async function readProcess(pid: number, frame: KernelFrame, tables = new MountTables(frame.rootMount)): Promise<KernelProcess | undefined> {
  try {
    const folder = `/proc/${pid}`;
    const [status, cgroup, uidMap, gidMap] = await Promise.all(
      ['status', 'cgroup', 'uid_map', 'gid_map'].map((file) => readBounded(`${folder}/${file}`, maxFileBytes)),
    );
    const { text: commandLine } = await readStart(`${folder}/cmdline`, maxFileBytes);
    const field = (name: string): string => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status ?? '')?.[1] ?? '';
    const numbers = (name: string): number[] => field(name).split(/\s+/).filter(Boolean).map(Number);
    const [uidRanges, gidRanges] = [parseIdMap(uidMap ?? ''), parseIdMap(gidMap ?? '')];
    const uids = numbers('Uid');
    const gids = numbers('Gid');
    const groups = numbers('Groups');
    return {
      pids: asNonEmpty(numbers('NSpid')),
      comm: field('Name'),
      commandLine: commandLine.replaceAll('\0', ' ').trim(),
      uids: four(uids.map((id) => id - frame.uidBase)),
      gids: four(gids.map((id) => id - frame.gidBase)),
      groups: groups.map((id) => id - frame.gidBase),
      uidsInContainer: four(uids.map((id) => translate(id, uidRanges))),
      gidsInContainer: four(gids.map((id) => translate(id, gidRanges))),
      groupsInContainer: groups.map((id) => translate(id, gidRanges)),
      capabilities: {
        effective: capabilitySet(field('CapEff')),
        permitted: capabilitySet(field('CapPrm')),
        inheritable: capabilitySet(field('CapInh')),
        bounding: capabilitySet(field('CapBnd')),
        ambient: capabilitySet(field('CapAmb')),
      },
      noNewPrivileges: field('NoNewPrivs') === '1',
      seccompFilters: Math.max(0, Number(field('Seccomp_filters')) - frame.ownSeccompFilters),
      seccomp: Number(field('Seccomp_filters')) > frame.ownSeccompFilters || Number(field('Seccomp')) !== 2 ? Number(field('Seccomp')) : 0,
      namespaces: await readNamespaces(folder),
      mounts: await tables.of(pid),
      cgroup: belowSandbox(cgroup ?? '', frame.cgroup),
      environment: () => readEnvironment(pid),
      executableHash: () => hashOfExecutable(pid),
    };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

async function readEnvironment(pid: number): Promise<readonly string[]> {
  return (await readBounded(`/proc/${pid}/environ`, maxEnvironmentBytes).catch((error: unknown) => whenGone(error).join())).split('\0').filter(Boolean);
}

/**
 * All pids in a sandbox's cgroup and below, outer cgroups first. A learner can move processes around in there, but not out.
 * Throws Inconclusive (`too-much`) when there are more cgroups than anybody needs.
 */
export async function pidsBelow(cgroup: string): Promise<number[]> {
  for (const root of ['/sys/fs/cgroup/pids', '/sys/fs/cgroup/unified', '/sys/fs/cgroup']) {
    const own = await pidsIn(`${root}${cgroup}`);
    if (own !== undefined) return [...own, ...(await pidsInChildren(`${root}${cgroup}`))];
  }
  return [];
}

async function pidsInChildren(top: string): Promise<number[]> {
  const pids: number[] = [];
  const waiting = [top];
  for (let seen = 0; waiting.length > 0; seen++) {
    if (seen + waiting.length > maxCgroups) throw tooMuch(`there are more than ${maxCgroups} cgroups`);
    const parent = waiting.shift() ?? top;
    for (const child of await childrenOf(parent)) {
      waiting.push(child);
      pids.push(...((await pidsIn(child)) ?? []));
    }
  }
  return pids;
}

/** Undefined when the cgroup is gone. Without a limit of its own: the sandbox's limit of processes is one. */
async function pidsIn(directory: string): Promise<number[] | undefined> {
  const content = await readFile(pathOf(`${directory}/cgroup.procs`), 'utf8').catch(() => undefined);
  return content?.split('\n').filter(Boolean).map(Number);
}

async function childrenOf(directory: string): Promise<string[]> {
  const entries = await listBounded(directory, maxCgroups).catch(whenGone);
  return entries.filter((entry) => entry.isDirectory()).map((entry) => `${directory}/${entry.name}`);
}

const namespaceNames = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'user', 'uts'] as const;

async function readNamespaces(folder: string): Promise<KernelProcess['namespaces']> {
  const links = await Promise.all(namespaceNames.map(async (name) => [name, /\d+/.exec(await readlink(`${folder}/ns/${name}`))?.[0] ?? ''] as const));
  return Object.fromEntries(links) as KernelProcess['namespaces'];
}

function whenGone(error: unknown): [] {
  if (isGone(error)) return [];
  throw error;
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

type IdRange = readonly [inside: number, outside: number, length: number];

/** user_namespaces(7), seen from the machine. */
function parseIdMap(map: string): IdRange[] {
  return map
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([inside = 0, outside = 0, length = 0]) => [inside, outside, length]);
}

/** A machine's id as the process's own user namespace numbers it; the overflow id when it is not mapped. */
function translate(id: number, ranges: readonly IdRange[]): number {
  for (const [inside, outside, length] of ranges) if (id >= outside && id < outside + length) return id - outside + inside;
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
