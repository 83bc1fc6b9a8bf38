import { readdir, writeFile } from 'node:fs/promises';

/**
 * Thaws every cgroup below a sandbox's (cgroup v1). A process frozen by `docker pause` inside cannot die, and the sandbox's first process
 * waits for it: without this a paused container would make its sandbox immortal. In cgroup v2 frozen processes can be killed.
 */
export async function thawBelow(cgroup: string): Promise<void> {
  await thaw(`/sys/fs/cgroup/freezer${cgroup}`);
}

async function thaw(directory: string): Promise<void> {
  await writeFile(`${directory}/freezer.state`, 'THAWED').catch(() => undefined);
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  await Promise.all(entries.filter((entry) => entry.isDirectory()).map((entry) => thaw(`${directory}/${entry.name}`)));
}
