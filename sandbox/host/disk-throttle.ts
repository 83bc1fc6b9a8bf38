import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { writeCgroupFile } from './cgroup-file.ts';
import type { Instance } from './instance.ts';

/** How fast one container may use the pool's disk. */
export interface DiskThrottle {
  readonly readBytesPerSecond: number;
  readonly writeBytesPerSecond: number;
  /** Requests a second, reads and writes each. */
  readonly requestsPerSecond: number;
}

/**
 * Bounds the throughput of a running container and all below it (cgroup-v2.rst, "io.max"). Gives false where that is not possible: cgroup v1 neither
 * counts what the kernel writes back later nor binds children by their parent, and a sandbox makes its own children.
 */
export async function throttleDisk(instance: Instance, container: string, throttle: DiskThrottle): Promise<boolean> {
  const device = await poolDeviceNumber(instance);
  const { readBytesPerSecond, writeBytesPerSecond, requestsPerSecond } = throttle;
  return writeCgroupFile(
    `/sys/fs/cgroup${instance.cgroupParent}/${container}/io.max`,
    `${device} rbps=${readBytesPerSecond} wbps=${writeBytesPerSecond} riops=${requestsPerSecond} wiops=${requestsPerSecond}`,
  );
}

/** `major:minor` of the block device under the pool; the one that btrfs shows in mountinfo is its own invention. */
async function poolDeviceNumber(instance: Instance): Promise<string> {
  const lines = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n');
  const line = lines.find((one) => one.split(' ')[4] === instance.poolDirectory) ?? '';
  // After the separator: file system, source, options (proc_pid_mountinfo(5)).
  const source = line.split(' - ')[1]?.split(' ')[1] ?? '';
  return (await readFile(`/sys/class/block/${basename(source)}/dev`, 'utf8')).trim();
}
