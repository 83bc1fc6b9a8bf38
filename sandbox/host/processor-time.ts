import { readCgroupFile } from './cgroup-file.ts';

/** Processor time that a cgroup and all below it have used, in seconds; 0 when it is gone (cgroup-v1/cpuacct.rst; cgroup-v2.rst, "cpu.stat"). */
export function cpuSecondsOf(cgroup: string): number {
  const nanoseconds = readCgroupFile(`/sys/fs/cgroup/cpuacct${cgroup}/cpuacct.usage`);
  if (nanoseconds !== undefined) return Number(nanoseconds) / 1e9;
  return Number(/^usage_usec (\d+)/m.exec(readCgroupFile(`/sys/fs/cgroup${cgroup}/cpu.stat`) ?? '')?.[1] ?? 0) / 1e6;
}
