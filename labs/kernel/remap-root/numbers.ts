import { Inconclusive } from '#lab';
import type { Evidence, KernelProcess, RoleContainer } from '#lab';
import type { Tools } from './erp.ts';

/** Numbers below this one may belong to somebody on the Docker host. */
export const firstFreeNumber = 65_536;

/** So many numbers an ordinary image may use: 0 to 65,535. */
const neededNumbers = 65_536;

/** A piece of uid_map or gid_map (user_namespaces(7)), the outer numbers as the Docker host counts. */
interface NumberRange {
  readonly inside: number;
  readonly outside: number;
  readonly length: number;
}

/** Processes of the container itself: ended ones that nobody has waited for show no mounts and are left out. */
export async function liveProcesses(role: RoleContainer): Promise<readonly KernelProcess[]> {
  return (await role.processes()).filter((process) => process.mounts.length > 0);
}

/** Refuses processes that bear numbers of the Docker host: its user namespace, a user or a group below 65,536. Gives what the kernel says about each. */
export async function refuseHostNumbers(tools: Tools, processes: readonly KernelProcess[]): Promise<Evidence> {
  const host = await tools.sandbox.hostProcess();
  const shared = processes.filter((process) => process.namespaces.user === host.namespaces.user);
  if (shared.some((process) => process.uids.includes(0))) throw tools.notYet('root-is-host-root', shared.map(describe));
  if (shared.length > 0) throw tools.notYet('host-user-namespace', shared.map(describe));
  const known = processes.filter(({ uids }) => uids.some((id) => id < firstFreeNumber));
  if (known.some(({ uids }) => uids.includes(0))) throw tools.notYet('root-is-host-root', known.map(describe));
  if (known.length > 0) throw tools.notYet('numbers-taken', known.map(describe));
  const groups = processes.filter((process) => [...process.gids, ...process.groups].some((id) => id < firstFreeNumber));
  if (groups.length > 0) throw tools.notYet('group-is-host-group', groups.map(describe));
  return processes.map(describe);
}

/** The numbers a fresh copy of the container gets: enough of them, and none that somebody on the Docker host has. */
export async function refuseNarrowMap(tools: Tools, role: RoleContainer): Promise<Evidence> {
  const { output } = await role.twin('cat /proc/self/uid_map; echo; cat /proc/self/gid_map');
  const [uidRanges, gidRanges] = output.split('\n\n').map(parseRanges);
  if (!uidRanges?.length || !gidRanges?.length) throw new Inconclusive('twin-failed', [`uid_map and gid_map of a copy of ${role.name}: ${output.trim()}`]);
  const users = await numbersIn(tools, '/etc/passwd');
  const groups = await numbersIn(tools, '/etc/group');
  const evidence = [...lines('uid_map', uidRanges), ...lines('gid_map', gidRanges)];
  for (const [ranges, taken] of [
    [uidRanges, users],
    [gidRanges, groups],
  ] as const) {
    const clash = [...taken].find(([number]) => ranges.some(({ outside, length }) => number >= outside && number < outside + length));
    if (clash !== undefined) throw tools.notYet('numbers-taken', [...evidence, `number ${clash[0]} on the Docker host: ${clash[1]}`]);
    if (ranges.some(({ outside }) => outside < firstFreeNumber)) throw tools.notYet('numbers-taken', evidence);
    if (ranges.reduce((sum, { length }) => sum + length, 0) < neededNumbers) throw tools.notYet('too-few-numbers', evidence);
  }
  return evidence;
}

export function describe(process: KernelProcess): string {
  const name = `pid ${process.pids[1] ?? process.pids[0]} (${process.comm})`;
  return `${name}: uid ${process.uidsInContainer[0]} in the container is ${process.uids[0]} on the Docker host, gid ${process.gidsInContainer[0]} is ${process.gids[0]}; user namespace ${process.namespaces.user}`;
}

function parseRanges(text: string): NumberRange[] {
  return [...text.matchAll(/^\s*(\d+)\s+(\d+)\s+(\d+)\s*$/gm)].map(([, inside, outside, length]) => ({
    inside: Number(inside),
    outside: Number(outside),
    length: Number(length),
  }));
}

function lines(name: string, ranges: readonly NumberRange[]): string[] {
  return ranges.map(({ inside, outside, length }) => `${name} of a copy: ${inside} is ${outside} on the Docker host, ${length} numbers`);
}

/** Who has which number on the Docker host, from a file in the format of passwd(5) or group(5). */
async function numbersIn({ sandbox }: Tools, path: string): Promise<ReadonlyMap<number, string>> {
  const content = new TextDecoder().decode(await sandbox.readFile(path));
  const entries = content.split('\n').map((line) => line.split(':'));
  return new Map(entries.filter(({ length }) => length > 2).map(([name = '', , number = '']) => [Number(number), name]));
}
