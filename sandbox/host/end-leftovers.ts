import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Instance } from './instance.ts';
import { thawBelow } from './thaw.ts';

const limitMs = 15_000;

/**
 * Kills the sandboxes that nobody manages any more: their processes, and the containerd-shims above them. An engine that cannot be started leaves
 * them, and they would hold their disks in the pool for ever. For an instance whose engine has been ended.
 */
export async function endLeftovers(instance: Instance): Promise<void> {
  for (const deadline = Date.now() + limitMs; Date.now() < deadline; await sleep(50)) {
    const pids = await leftoversOf(instance);
    if (pids.length === 0) return;
    // A frozen process cannot die.
    await thawBelow(instance.cgroupParent);
    for (const pid of pids) kill(pid);
  }
}

async function leftoversOf(instance: Instance): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const areOurs = await Promise.all(
    pids.map(async (pid) => {
      const [cgroup = '', comm = '', commandLine = '', stat = ''] = await Promise.all(
        ['cgroup', 'comm', 'cmdline', 'stat'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
      );
      const isZombie = / Z \d/.test(stat.slice(stat.lastIndexOf(')')));
      const isShim = comm.startsWith('containerd-shim') && commandLine.includes(`${instance.runDirectory}/`);
      return !isZombie && (isShim || cgroup.includes(`:${instance.cgroupParent}/`));
    }),
  );
  return pids.filter((_, index) => areOurs[index]);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}
