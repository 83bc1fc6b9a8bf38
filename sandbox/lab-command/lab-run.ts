import { setTimeout as sleep } from 'node:timers/promises';
import type { CheckResult } from '#protocol/verdict.ts';
import { runChecks } from '../checker/run-checks.ts';
import { execute, type ExecuteResult } from '../engine/execute.ts';
import { toolHashesOf } from '../images/base-image.ts';
import type { LabFolder } from '../keeper/lab-folders.ts';
import { createSandbox, removeSandbox, type SandboxParts, type SandboxPlace } from '../keeper/sandbox-parts.ts';

/** A sandbox of a lab for the length of a test; removed when disposed. */
export interface LabRun extends AsyncDisposable {
  readonly parts: SandboxParts;
  /** Runs a script as root on the Docker host, as the learner would. */
  runOnDockerHost(script: string): Promise<ExecuteResult>;
  /** Runs a script as root in the attacker box. */
  runOnAttacker(script: string): Promise<ExecuteResult>;
  check(): Promise<CheckResult>;
  /** Checks, and once more a moment later when not everything passes: a learner's page would do the same while services start. */
  checkWhenSettled(): Promise<CheckResult>;
}

/** Starts a sandbox of a lab from its baked image. */
export async function startLabRun(place: SandboxPlace, lab: LabFolder, image: string): Promise<LabRun> {
  const parts = await createSandbox(place, lab, image);
  const toolHashes = await toolHashesOf(place.engine, image);
  const environment = { HOME: '/root', TERM: 'xterm-256color', LANG: 'C.UTF-8' };
  const check = (): Promise<CheckResult> =>
    runChecks({ parts, lab: lab.lab, checks: lab.checks, cgroup: `${place.instance.cgroupParent}/${parts.dockerHost.id}`, toolHashes, isFull: true });
  return {
    parts,
    runOnDockerHost: (script) => execute(parts.dockerHost, ['bash', '-c', script], { environment, directory: '/root', timeoutMs: 240_000 }),
    runOnAttacker: (script) => execute(parts.attacker, ['bash', '-c', script], { environment, directory: '/root', timeoutMs: 120_000 }),
    check,
    async checkWhenSettled() {
      const first = await check();
      if (first.passed === first.total) return first;
      await sleep(2000);
      return check();
    },
    async [Symbol.asyncDispose]() {
      await parts.close();
      await removeSandbox(place, parts.id);
    },
  };
}
