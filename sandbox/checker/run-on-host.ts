import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { NotYet } from '#lab';
import type { ScriptResult } from '#lab';
import { execute } from '../engine/execute.ts';
import { readStart } from './bounded-read.ts';
import { readHostFile } from './files.ts';
import { pidsBelow } from './kernel-process.ts';
import { signalProcess } from './signal-process.ts';
import type { Subject } from './subject.ts';

const defaultLimitMs = 10_000;
const probe = '/usr/lib/schott/probe/busybox';
const maxProbeBytes = 16 * 1024 * 1024;
const maxEnvironmentBytes = 64 * 1024;
/** Whoever forks faster than it is ended is ended with the sandbox. */
const rounds = 5;

export interface RunOnHostOptions {
  readonly user?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/**
 * Runs a bash script on the Docker host, in the home of root or of `user` (a name, or the number of one who is in /etc/passwd). It ends without the help of
 * anything that the learner can replace: after `timeoutMs` (default 10 s), and when the run of checks is over, what it has started is ended from outside,
 * and the exit status is 124. What an ended script left running stays. Throws NotYet (`tools-changed`) when the program that changes the user is another.
 */
export async function runOnHost(subject: Subject, script: string, options: RunOnHostOptions = {}): Promise<ScriptResult> {
  const mark = `SCHOTT_RUN=${randomBytes(8).toString('hex')}`;
  const [name = '', value = ''] = mark.split('=');
  const commands = `cd 2> /dev/null\n${script}`;
  const command = options.user === undefined ? ['/bin/bash', '-c', commands] : await asUser(subject, options.user, commands);
  const stop = AbortSignal.any([AbortSignal.timeout(options.timeoutMs ?? defaultLimitMs), subject.signal]);
  let top = 0;
  try {
    const { exitCode, output } = await execute(subject.parts.dockerHost, command, {
      environment: { LANG: 'C.UTF-8', HOME: '/root', USER: 'root', LOGNAME: 'root', ...options.environment, [name]: value },
      signal: stop,
      onStart: (pid) => (top = pid),
    });
    return { ok: exitCode === 0, exitCode, output };
  } finally {
    if (stop.aborted) await endRun(subject.frame.cgroup, top, mark);
  }
}

/** The checker's own su, which reads the Docker host's /etc/passwd and /etc/group: our engine would have to open these files itself, and a learner can make them hang. */
async function asUser(subject: Subject, user: string, commands: string): Promise<string[]> {
  const program = await readHostFile(subject, probe, maxProbeBytes);
  const hash = program === undefined ? 'missing' : createHash('sha256').update(program).digest('hex');
  if (hash !== subject.toolHashes['probe']) throw new NotYet('tools-changed', [`${probe} is not the program it came with (SHA-256 ${hash})`]);
  return [probe, 'su', '-s', '/bin/bash', '-c', commands, await nameOf(subject, user)];
}

async function nameOf(subject: Subject, user: string): Promise<string> {
  if (!/^\d+$/.test(user)) return user;
  const passwd = Buffer.from((await readHostFile(subject, '/etc/passwd')) ?? []).toString();
  return (
    passwd
      .split('\n')
      .map((line) => line.split(':'))
      .find(([, , uid]) => uid === user)?.[0] ?? user
  );
}

/** Ends the run's first process, all that descends from it and all that bears its mark. */
async function endRun(cgroup: string, top: number, mark: string): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const pids = await pidsBelow(cgroup);
    const parents = new Map(await Promise.all(pids.map(async (pid) => [pid, await parentOf(pid)] as const)));
    const marked = new Set<number>([top]);
    for (const pid of pids) if (await bears(pid, mark)) marked.add(pid);
    const doomed = pids.filter((pid) => descends(pid, marked, parents));
    const hit = doomed.filter((pid) => signalProcess(pid, cgroup, 'SIGKILL'));
    if (hit.length === 0) return;
    await sleep(50);
  }
}

function descends(pid: number, from: ReadonlySet<number>, parents: ReadonlyMap<number, number>): boolean {
  let at: number | undefined = pid;
  // A number that is given anew while we read may make a circle.
  for (let steps = 0; at !== undefined && at > 1 && steps <= parents.size; steps++, at = parents.get(at)) if (from.has(at)) return true;
  return false;
}

/** 0 when it has ended. proc_pid_stat(5): the name in parentheses may hold anything. */
async function parentOf(pid: number): Promise<number> {
  const { text } = await readStart(`/proc/${pid}/stat`, 4096).catch(() => ({ text: '' }));
  return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
}

async function bears(pid: number, mark: string): Promise<boolean> {
  const { text } = await readStart(`/proc/${pid}/environ`, maxEnvironmentBytes).catch(() => ({ text: '' }));
  return text.split('\0').includes(mark);
}
