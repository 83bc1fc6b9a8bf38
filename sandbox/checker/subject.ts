import type { Socket } from 'node:net';
import type { KernelProcess } from '#lab';
import { connectNestedEngine, type NestedEngine } from '../engine/nested-engine.ts';
import type { SandboxParts } from '../keeper/sandbox-parts.ts';
import { connectToGenuineDockerd } from './genuine-dockerd.ts';
import { readKernelFrame, readProcess, readProcesses, type KernelFrame } from './kernel-process.ts';

/** So long the nested engine may still be spoken to after a run, to remove what turned up late. */
const graceMs = 10_000;

/** Two hundred containers are listed in half a MiB. */
const maxAnswerBytes = 4 * 1024 * 1024;

/** The sandbox as one run of checks sees it. */
export interface Subject {
  readonly parts: SandboxParts;
  readonly frame: KernelFrame;
  readonly nested: NestedEngine;
  /** The same for what is read bit by bit, without a bound on its length. */
  readonly nestedStreams: NestedEngine;
  /** SHA-256 of the programs in the base image, by name. */
  readonly toolHashes: Readonly<Record<string, string>>;
  /** Marks what this run creates in the nested engine, e.g. twins. */
  readonly mark: string;
  processes(): Promise<readonly KernelProcess[]>;
  process(pid: number): Promise<KernelProcess | undefined>;
  hostProcess(): Promise<KernelProcess>;
  /** Ends what still goes on when the run is over: a check that took too long must not keep the keeper busy. */
  readonly signal: AbortSignal;
  /** What this run has created in the nested engine. Told by id: a label can be copied by the learner. */
  readonly ownContainers: Set<string>;
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
  const over = new AbortController();
  const closed = new AbortController();
  const connect = async (): Promise<Socket> => (await connectToGenuineDockerd(parts, cgroup, toolHashes, closed.signal)).socket;
  const subject: Subject = {
    parts,
    frame,
    nested: connectNestedEngine(connect, maxAnswerBytes),
    nestedStreams: connectNestedEngine(connect, Infinity),
    toolHashes,
    mark,
    signal: over.signal,
    ownContainers: new Set(),
    processes: () => readProcesses(frame, over.signal),
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
      over.abort();
      for (const action of actions.toReversed()) await action().catch(() => undefined);
      setTimeout(() => closed.abort(), graceMs).unref();
    },
  };
}
