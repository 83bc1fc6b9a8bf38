import { readlink } from 'node:fs/promises';
import { Inconclusive } from '#lab';
import type { KernelProcess } from '#lab';
import type { HeldProgram, TwinShell } from './twin-shell.ts';
import type { Subject } from './subject.ts';

/** What sysprobe said, by probe: `blocked (EPERM)`. */
export type ProbeAnswers = Readonly<Record<string, string>>;

/**
 * Runs sysprobe (sandbox/native/sysprobe.c) in a copy of a container and gives its answers. The file lies where the learner is root, so the kernel has to vouch for
 * it: when it has said everything it stays, and is looked at. A program put in its place, or one that put the genuine one into narrower bounds first, is not believed.
 */
export async function probeInTwin(subject: Subject, containerId: string, shell: TwinShell, program: string, names: readonly string[]): Promise<ProbeAnswers> {
  const unfit = names.find((name) => !/^[a-z0-9_-]+$/.test(name));
  if (unfit !== undefined) throw new Error(`Cannot run probe "${unfit}": no probe is called so`);
  const { output, exitCode } = await shell.hold(
    (word) => `${program} --hold ${word} ${names.join(' ')}`,
    (held) => proveHeld(subject, containerId, held),
    5000,
  );
  if (exitCode !== 0) throw new Error(`Cannot run the probes ${names.join(', ')}: ${output.trim().slice(0, 200)}`);
  const lines = output.trimEnd().split('\n');
  const answers = lines.map((line) => /^([a-z0-9_-]+): (.+)$/.exec(line)).map((match) => [match?.[1] ?? '', match?.[2] ?? ''] as const);
  if (answers.length !== names.length || answers.some(([name], index) => name !== names[index]))
    throw new Inconclusive('tools-changed', [`sysprobe was asked for ${names.length} probes and said ${lines.length} lines`, ...lines.slice(0, 3)]);
  return Object.fromEntries(answers);
}

/** In the copy there are the checker's shell and sysprobe, which runs with the shell's own rights and speaks where the shell speaks. */
async function proveHeld(subject: Subject, containerId: string, { command }: HeldProgram): Promise<void> {
  const own = (await subject.processes()).filter((process) => process.cgroup.includes(containerId));
  const hashes = await Promise.all(own.map((process) => process.executableHash()));
  const shell = own.find((_, index) => hashes[index] === subject.toolHashes['probe']);
  const probes = own.filter((_, index) => hashes[index] === subject.toolHashes['sysprobe']);
  const foreign = hashes.find((hash) => hash !== subject.toolHashes['probe'] && hash !== subject.toolHashes['sysprobe']);
  const [probe] = probes;
  if (shell === undefined || probe === undefined || probes.length > 1 || foreign !== undefined)
    throw new Inconclusive('tools-changed', [`sysprobe was replaced (SHA-256 ${foreign ?? 'of the genuine one nowhere to be seen'})`]);
  const differences = [
    ...(probe.commandLine === command ? [] : [`its command line is "${probe.commandLine.slice(0, 100)}"`]),
    ...boundsOf(shell).filter((line, index) => line !== boundsOf(probe)[index]),
    ...((await standardOutput(shell)) === (await standardOutput(probe)) ? [] : ['its output goes elsewhere']),
  ];
  if (differences.length > 0) throw new Inconclusive('tools-changed', ['sysprobe does not run as the shell that started it', ...differences]);
}

/** What a program can lay on itself before it turns into another one. A setuid file changes the effective ids and capabilities, and nothing of this. */
function boundsOf(process: KernelProcess): string[] {
  return [
    `NoNewPrivs: ${process.noNewPrivileges}`,
    `seccomp filters: ${process.seccompFilters}`,
    `CapBnd: ${process.capabilities.bounding.toString(16)}`,
    `real uid and gid: ${process.uids[0]}:${process.gids[0]}`,
    `groups: ${process.groups.join(' ')}`,
    ...Object.entries(process.namespaces).map(([name, inode]) => `${name} namespace: ${inode}`),
  ];
}

function standardOutput({ pids: [pid] }: KernelProcess): Promise<string> {
  return readlink(`/proc/${pid}/fd/1`).catch(() => `of pid ${pid}, which cannot be read`);
}
