import type { Check, Lab } from '#lab';
import type { TaskVerdict } from '#protocol/verdict.ts';
import { runChecks } from '../checker/run-checks.ts';
import { execute, type ExecuteResult } from '../engine/execute.ts';
import { cacheDirectory } from '../host/instance.ts';
import { withLock } from '../host/lock.ts';
import { ensureBaseImage, toolHashesOf } from '../images/base-image.ts';
import { createSandbox, removeSandbox, type SandboxParts, type SandboxPlace } from '../keeper/sandbox-parts.ts';
import { openWorkbench } from '../lab-command/workbench.ts';
import { emptyLab } from './empty-lab.ts';
import { testDataDirectory } from './test-data-directory.ts';

/** The tests' engine, and sandboxes of the bare base image on it. */
export interface TestBench extends AsyncDisposable {
  readonly place: SandboxPlace;
  readonly image: string;
  /** `image`: another one than the bare base, as `bakeIngredients` gives. */
  startSandbox(image?: string): Promise<TestSandbox>;
}

/** A sandbox without a lab; removed when disposed. */
export interface TestSandbox extends AsyncDisposable {
  readonly parts: SandboxParts;
  /** The Docker host's own cgroup, below each controller's root. */
  readonly cgroup: string;
  /** Runs a bash script as root on the Docker host. */
  run(script: string, timeoutMs?: number): Promise<ExecuteResult>;
  /** Runs a bash script as root in the attacker box. */
  runOnAttacker(script: string): Promise<ExecuteResult>;
  /** The verdict of a run of checks in which `check` judges the only task. */
  judge(check: Check<Lab>, limitSeconds?: number): Promise<TaskVerdict>;
}

export async function openTestBench(): Promise<TestBench> {
  const workbench = await openWorkbench(testDataDirectory);
  const { place } = workbench;
  const image = await withLock(cacheDirectory, 'base-image', () => ensureBaseImage(place.engine, () => undefined));
  return {
    place,
    image,
    startSandbox: (other = image) => startTestSandbox(place, other),
    [Symbol.asyncDispose]: () => workbench[Symbol.asyncDispose](),
  };
}

async function startTestSandbox(place: SandboxPlace, image: string): Promise<TestSandbox> {
  const parts = await createSandbox(place, emptyLab(), image);
  const toolHashes = await toolHashesOf(place.engine, image);
  const cgroup = `${place.instance.cgroupParent}/${parts.dockerHost.id}`;
  return {
    parts,
    cgroup,
    run: (script, timeoutMs = 60_000) => execute(parts.dockerHost, ['bash', '-c', script], { timeoutMs }),
    runOnAttacker: (script) => execute(parts.attacker, ['bash', '-c', script], { timeoutMs: 60_000 }),
    async judge(check, limitSeconds = 15) {
      const { lab, checks } = emptyLab(check);
      const [verdict] = (await runChecks({ parts, lab: { ...lab, checkLimitSeconds: limitSeconds }, checks, cgroup, toolHashes, isFull: true })).tasks;
      if (verdict === undefined) throw new Error('Cannot judge: the run gave no verdict');
      return verdict;
    },
    async [Symbol.asyncDispose]() {
      await parts.close();
      await removeSandbox(place, parts.id);
    },
  };
}
