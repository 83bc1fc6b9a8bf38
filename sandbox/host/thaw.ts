import { readdir, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Thaws every cgroup below a sandbox's (cgroup v1). A process frozen by `docker pause` inside cannot die, and the sandbox's first process
 * waits for it: without this a paused container would make its sandbox immortal. In cgroup v2 frozen processes can be killed.
 */
export async function thawBelow(cgroup: string): Promise<void> {
  await thaw(`/sys/fs/cgroup/freezer${cgroup}`);
}

/** Thaws again and again until disposed. One round ends before the next begins: a sandbox may have ten thousands of cgroups. */
export function keepThawedBelow(cgroup: string): Disposable {
  let isOver = false;
  const go = async (): Promise<void> => {
    while (!isOver) {
      await sleep(200);
      await thawBelow(cgroup);
    }
  };
  void go();
  return {
    [Symbol.dispose]() {
      isOver = true;
    },
  };
}

/** Names of cgroups may hold any byte, so the path has a character for each (Latin-1). */
async function thaw(directory: string): Promise<void> {
  const at = (name: string): Buffer => Buffer.from(`${directory}${name}`, 'latin1');
  await writeFile(at('/freezer.state'), 'THAWED').catch(() => undefined);
  const entries = await readdir(at(''), { withFileTypes: true, encoding: 'latin1' }).catch(() => []);
  await Promise.all(entries.filter((entry) => entry.isDirectory()).map((entry) => thaw(`${directory}/${entry.name}`)));
}
