import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { probeCapabilities } from '#sandbox/host/capabilities.ts';
import { labels } from '#sandbox/engine/labels.ts';
import type { Course } from './course.ts';
import type { Measurement } from './measurement.ts';
import { waitForWarmPool } from './warm-pool.ts';

const mebibyte = 1024 ** 2;
const idleMs = 3000;

interface Usage {
  readonly anonBytes: number;
  readonly fileBytes: number;
}

/** What an idle warm sandbox takes, from the cgroups of its two containers. The engine's own processes for it are not in there. */
export const memory: Measurement = {
  name: 'memory',
  warm: 1,
  async run({ course, results, say }) {
    const labs = await course.startableLabs(say);
    await waitForWarmPool(course, labs);
    await sleep(idleMs);
    for (const lab of labs) {
      const { anonBytes, fileBytes } = await usageOf(course, lab);
      results.record('memory.anon', anonBytes / mebibyte, { lab });
      results.record('memory.file', fileBytes / mebibyte, { lab });
      results.record('memory.sandboxes-per-gib', 1024 ** 3 / (anonBytes + fileBytes), { lab });
    }
  },
};

async function usageOf({ engine, instance }: Course, lab: string): Promise<Usage> {
  // A single one on purpose: a second would show that the keeper has lost count.
  const containers = await engine.listContainers({ filters: { label: [`${labels.lab}=${lab}`], status: ['running'] } });
  if (containers.length !== 2) throw new Error(`One sandbox of ${lab} should be ready, that is two containers; ${containers.length} run`);
  const { cgroupVersion } = await probeCapabilities();
  const usages = await Promise.all(containers.map(({ Id }) => readUsage(cgroupVersion, `${instance.cgroupParent}/${Id}`)));
  return { anonBytes: sum(usages.map((usage) => usage.anonBytes)), fileBytes: sum(usages.map((usage) => usage.fileBytes)) };
}

async function readUsage(cgroupVersion: 1 | 2, cgroup: string): Promise<Usage> {
  const stat = await readFile(join(cgroupVersion === 1 ? '/sys/fs/cgroup/memory' : '/sys/fs/cgroup', cgroup, 'memory.stat'), 'utf8');
  const field = (name: string): number => {
    const value = new RegExp(`^${name} (\\d+)$`, 'm').exec(stat)?.[1];
    if (value === undefined) throw new Error(`${cgroup}/memory.stat has no ${name}`);
    return Number(value);
  };
  return cgroupVersion === 1 ? { anonBytes: field('total_rss'), fileBytes: field('total_cache') } : { anonBytes: field('anon'), fileBytes: field('file') };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
