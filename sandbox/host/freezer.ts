import { readCgroupFile, writeCgroupFile } from './cgroup-file.ts';

/**
 * Stops (or lets go on) all processes in a cgroup and below. What is frozen further below by its own freezer, e.g. by `docker pause` inside a sandbox,
 * stays frozen when the cgroup is let go (Documentation/admin-guide/cgroup-v1/freezer-subsystem.rst; cgroup-v2.rst, "cgroup.freeze").
 * The order is given when this returns. Gives false when there is no such cgroup or it has no freezer.
 */
export function setFrozen(cgroup: string, frozen: boolean): boolean {
  return (
    writeCgroupFile(`/sys/fs/cgroup/freezer${cgroup}/freezer.state`, frozen ? 'FROZEN' : 'THAWED') ||
    writeCgroupFile(`/sys/fs/cgroup${cgroup}/cgroup.freeze`, frozen ? '1' : '0')
  );
}

/** Was this cgroup itself told to be frozen? */
export function isFrozen(cgroup: string): boolean {
  const files = [`/sys/fs/cgroup/freezer${cgroup}/freezer.self_freezing`, `/sys/fs/cgroup${cgroup}/cgroup.freeze`];
  return files.some((file) => readCgroupFile(file)?.trim() === '1');
}
