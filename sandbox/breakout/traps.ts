import type { Check, Lab } from '#lab';
import type { TaskVerdict } from '#protocol/verdict.ts';
import type { TestSandbox } from '../testing/test-bench.ts';
import { viewpoints, type Viewpoint } from '../testing/viewpoints.ts';

/** For what root on the Docker host does to the keeper and the checker: to them it makes no difference from where in there. */
export const fromTheHost: { readonly viewpoints: readonly Viewpoint[] } = { viewpoints: viewpoints.slice(0, 1) };

/** Looks at what grows with what a sandbox holds, and passes. */
export const thorough: Check<Lab> = async ({ sandbox }) => {
  const [containers, processes] = await Promise.all([sandbox.containers(), sandbox.processes()]);
  return [`${containers.length} containers, ${processes.length} processes`];
};

/** Prepares something on the Docker host. Throws with the script's output when a command in it fails. */
export async function setTrap(sandbox: TestSandbox, script: string): Promise<void> {
  const { exitCode, output } = await sandbox.run(`set -e\n${script}`, 60_000);
  if (exitCode !== 0) throw new Error(`Cannot set the trap: exit status ${exitCode}\n${output}\n${script.slice(0, 300)}`);
}

/** Shell: waits until it is so, at most 30 s; fails if it does not become so. */
export const until = (condition: string): string => `for i in $(seq 300); do if ${condition}; then break; fi; sleep 0.1; done; ${condition}`;

/** Shell: ends the processes that call themselves `trap-process`. */
export const endTrapProcesses = 'pkill -KILL -f "[t]rap-process" || true; sleep 0.3';

/** A verdict in a line. */
export const say = ({ messageId = 'passed', evidence }: TaskVerdict): string => `${messageId} (${evidence.slice(0, 2).join('; ')})`.slice(0, 200);
