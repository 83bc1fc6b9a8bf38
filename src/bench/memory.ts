import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { listProcesses } from '#sandbox/census/list-processes.ts';
import type { Course } from './course.ts';
import { openDesk } from './desk.ts';
import type { Measurement } from './measurement.ts';

const mebibytesInGib = 1024;
/** Until what was used at the start has been given back: Go hands memory back over some seconds. */
const settleMs = 15_000;

/** All in MiB, of the whole machine; the last two of all processes in sandboxes, their shims and relays. */
interface Usage {
  readonly available: number;
  readonly cached: number;
  readonly pss: number;
  readonly pssOfFiles: number;
}

/**
 * What one more sandbox takes when its learner only looks at the prompt, labs by turns. Taken from the machine's own count before and after several of
 * them, so that whatever a sandbox needs of engine and kernel is in it, and what sandboxes share is counted once. Other load on the machine disturbs that;
 * PSS (proc(5), smaps_rollup), which lacks the kernel's part, is not disturbed.
 */
export const memory: Measurement = {
  name: 'memory',
  warm: 0,
  async run(bench) {
    const { course, results, times, say } = bench;
    const labs = await course.startableLabs(say);
    const count = times(10, 6);
    await using desks = new AsyncDisposableStack();
    // The first brings what all of them share.
    desks.use(await openDesk(bench, labs[0]));
    await sleep(settleMs);
    const before = await measureUsage(course);
    for (let number = 0; number < count; number++) {
      desks.use(await openDesk(bench, labs[number % labs.length]));
      say(`${number + 1} of ${count} sandboxes are there`);
    }
    await sleep(settleMs);
    const after = await measureUsage(course);

    const each = (key: keyof Usage): number => (after[key] - before[key]) / count;
    const kept = -each('available');
    const needed = kept + each('pssOfFiles');
    const detail = { samples: count };
    results.record('memory.available', kept, detail);
    results.record('memory.pss', each('pss'), detail);
    results.record('memory.file-used', each('pssOfFiles'), detail);
    results.record('memory.file', each('cached'), detail);
    results.record('memory.sandboxes-per-gib', mebibytesInGib / needed, detail);
    results.record('memory.sandboxes-per-gib-pss', mebibytesInGib / each('pss'), detail);
    results.record('memory.sandboxes-per-gib-file', mebibytesInGib / (kept + each('cached')), detail);
  },
};

async function measureUsage({ instance }: Course): Promise<Usage> {
  const { processes } = await listProcesses(instance);
  const shares = await Promise.all(processes.map((line) => proportionalShare(line.split(' ')[0] ?? '')));
  const machine = await readFile('/proc/meminfo', 'utf8');
  return {
    available: field(machine, 'MemAvailable'),
    cached: field(machine, 'Cached'),
    pss: sum(shares.map((share) => field(share, 'Pss'))),
    pssOfFiles: sum(shares.map((share) => field(share, 'Pss_File'))),
  };
}

/** A process that has ended meanwhile has no share. */
function proportionalShare(pid: string): Promise<string> {
  return readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => 'Pss: 0 kB\nPss_File: 0 kB');
}

/** A line `Name: 12 kB`, in MiB. */
function field(text: string, name: string): number {
  const kibibytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1];
  if (kibibytes === undefined) throw new Error(`Cannot tell the memory in use: there is no ${name}`);
  return Number(kibibytes) / 1024;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
