import { readFile } from 'node:fs/promises';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { probeCapabilities } from '#sandbox/host/capabilities.ts';
import type { Engine } from '#sandbox/engine/connection.ts';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGib: number;
  readonly system: string;
  readonly kernel: string;
  readonly architecture: string;
  readonly cgroupVersion: 1 | 2;
  readonly engineVersion: string;
  readonly nodeVersion: string;
  readonly date: string;
  /** Before the first measurement: 1, 5 and 15 minutes. Far above 0, the figures say little. */
  readonly loadAverage: readonly number[];
}

/** What the figures were measured on. */
export async function describeMachine(engine: Engine): Promise<Machine> {
  const [capabilities, { Version }, osRelease] = await Promise.all([
    probeCapabilities(),
    engine.version(),
    readFile('/etc/os-release', 'utf8').catch(() => ''),
  ]);
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGib: Number((totalmem() / 1024 ** 3).toFixed(1)),
    system: /^PRETTY_NAME="?([^"\n]*)/m.exec(osRelease)?.[1] ?? 'unknown',
    kernel: release(),
    architecture: capabilities.architecture,
    cgroupVersion: capabilities.cgroupVersion,
    engineVersion: Version,
    nodeVersion: process.version,
    date: new Date().toISOString(),
    loadAverage: loadavg().map((load) => Number(load.toFixed(2))),
  };
}
