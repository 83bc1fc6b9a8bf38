import type { KernelProcess } from '#lab';

/** `Uid of pid 812 (node): 500 500 500 500, Gid 500 500 500 500, Groups 500`; the pid is the Docker host's. */
export function describeProcess(process: KernelProcess): string {
  const inside = process.uids.join() === process.uidsInContainer.join() ? '' : ` (in the container ${process.uidsInContainer.join(' ')})`;
  return `Uid of ${nameOf(process)}: ${process.uids.join(' ')}${inside}, Gid ${process.gids.join(' ')}, Groups ${process.groups.join(' ') || 'none'}`;
}

export function nameOf({ pids, comm }: KernelProcess): string {
  return `pid ${pids[1] ?? pids[0]} (${comm})`;
}

/** Root on the Docker host or in its container, by any of its four user ids. */
export function isRoot({ uids, uidsInContainer }: KernelProcess): boolean {
  return [...uids, ...uidsInContainer].includes(0);
}
