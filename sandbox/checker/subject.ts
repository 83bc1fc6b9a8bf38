import type { KernelProcess } from '#lab';
import { connectNestedEngine, type NestedEngine } from '../engine/nested-engine.ts';
import type { SandboxParts } from '../keeper/sandbox-parts.ts';
import { connectToGenuineDockerd } from './genuine-dockerd.ts';
import { pidsBelow, readKernelFrame, readProcess, type KernelFrame } from './kernel-process.ts';

/** The sandbox as one run of checks sees it. */
export interface Subject {
  readonly parts: SandboxParts;
  readonly frame: KernelFrame;
  readonly nested: NestedEngine;
  /** SHA-256 of the programs in the base image, by name. */
  readonly toolHashes: Readonly<Record<string, string>>;
  /** Marks what this run creates in the nested engine, e.g. twins. */
  readonly mark: string;
  processes(): Promise<readonly KernelProcess[]>;
  process(pid: number): Promise<KernelProcess | undefined>;
  hostProcess(): Promise<KernelProcess>;
  /** To be done when the run ends. */
  atEnd(action: () => Promise<unknown>): void;
}

/** Opens a sandbox for a run of checks. `end` undoes what the checks did. */
export async function openSubject(
  parts: SandboxParts,
  cgroup: string,
  toolHashes: Readonly<Record<string, string>>,
  mark: string,
): Promise<{ subject: Subject; end(): Promise<void> }> {
  const frame = await readKernelFrame(parts.dockerHostPid, cgroup);
  const actions: Array<() => Promise<unknown>> = [];
  let hasEnded = false;
  const subject: Subject = {
    parts,
    frame,
    nested: connectNestedEngine(() => connectToGenuineDockerd(parts, cgroup, toolHashes)),
    toolHashes,
    mark,
    async processes() {
      const all = await Promise.all((await pidsBelow(cgroup)).map((pid) => readProcess(pid, frame)));
      return all.filter((process) => process !== undefined);
    },
    process: (pid) => readProcess(pid, frame),
    async hostProcess() {
      const first = await readProcess(parts.dockerHostPid, frame);
      if (first === undefined) throw new Error(`Cannot look at sandbox "${parts.id}": it has ended`);
      return first;
    },
    atEnd(action) {
      // A check that took too long goes on behind our back; what it leaves is removed at once.
      if (hasEnded) void action().catch(() => undefined);
      else actions.push(action);
    },
  };
  return {
    subject,
    async end() {
      hasEnded = true;
      for (const action of actions.toReversed()) await action().catch(() => undefined);
    },
  };
}
