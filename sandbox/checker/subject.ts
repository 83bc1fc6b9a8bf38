import type { Duplex } from 'node:stream';
import { NotYet } from '#lab';
import type { KernelProcess } from '#lab';
import { connectNestedEngine, type NestedEngine } from '../engine/nested-engine.ts';
import { ConnectionFailed as RelayFailed } from '../keeper/relay.ts';
import type { SandboxParts } from '../keeper/sandbox-parts.ts';
import { hashOfExecutable } from './executable-hash.ts';
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
  const subject: Subject = {
    parts,
    frame,
    nested: connectNestedEngine(() => connectToGenuineDockerd(parts, toolHashes)),
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
    atEnd: (action) => actions.push(action),
  };
  return {
    subject,
    async end() {
      for (const action of actions.toReversed()) await action().catch(() => undefined);
    },
  };
}

/**
 * Each connection to the nested engine counts only when the kernel says that the process listening there executes the very dockerd of the
 * base image. It says nothing about what that process has in its memory: so the API is asked for intent, never for proof.
 */
async function connectToGenuineDockerd(parts: SandboxParts, toolHashes: Readonly<Record<string, string>>): Promise<Duplex> {
  const relay = await parts.relay('dockerhost');
  let connection;
  try {
    connection = await relay.connectUnix('/var/run/docker.sock');
  } catch (error) {
    if (error instanceof RelayFailed) throw new NotYet('engine-down', [`/var/run/docker.sock: ${error.code}`]);
    throw error;
  }
  const hash = await hashOfExecutable(connection.peerPid);
  if (hash === undefined || hash !== toolHashes['dockerd']) {
    connection.socket.destroy();
    throw new NotYet('tools-changed', [
      `/var/run/docker.sock is served by pid ${connection.peerPid}, whose program is not this host's dockerd (SHA-256 ${hash ?? 'unreadable'})`,
    ]);
  }
  return connection.socket;
}
