import { isFrozen, setFrozen } from '../host/freezer.ts';
import { cpuSecondsOf } from '../host/processor-time.ts';

/** Below this share of one processor a sandbox does nothing: idle labs were seen to take up to a quarter of it, a build takes thirty times as much. */
const idleShare = 0.03;
/** Processor time is looked at in spans of this length: a garbage collection is no work. */
const spanMs = 30_000;

/** Lets one sandbox sleep (all its processes frozen) while nobody uses it, and wakes it when somebody does. */
export interface SandboxRest {
  /** Somebody uses the sandbox this moment. It is awake when this returns. */
  touch(): void;
  /** Keeps it awake until disposed. */
  keepAwake(): Disposable;
  /** Lets it sleep if for `quietMs` nobody has used it and it has done next to nothing. To be called every few seconds. */
  look(quietMs: number): void;
  /** Lets it sleep at once. */
  fallAsleep(): void;
  /** Never lets it sleep again, and leaves it as it is. */
  end(): void;
  readonly isAsleep: boolean;
}

/** `cgroups`: the sandbox's containers'. One that sleeps already, e.g. since before a restart of the keeper, sleeps on. */
export function restOf(cgroups: readonly string[]): SandboxRest {
  let isAsleep = cgroups.some(isFrozen);
  let quietSince = performance.now();
  let holders = 0;
  let hasEnded = false;
  let span = startSpan();

  function startSpan(): { startedAt: number; cpuSeconds: number } {
    return { startedAt: performance.now(), cpuSeconds: cpuSeconds() };
  }

  function cpuSeconds(): number {
    return cgroups.reduce((sum, cgroup) => sum + cpuSecondsOf(cgroup), 0);
  }

  /** Ends the current span; was there work in it? */
  function hasWorked(): boolean {
    const before = span;
    span = startSpan();
    return span.cpuSeconds - before.cpuSeconds > (idleShare * (span.startedAt - before.startedAt)) / 1000;
  }

  function touch(): void {
    quietSince = performance.now();
    if (isAsleep) wake();
  }

  function wake(): void {
    for (const cgroup of cgroups) setFrozen(cgroup, false);
    isAsleep = false;
    span = startSpan();
  }

  function fallAsleep(): void {
    isAsleep = true;
    // A container has just died, or this kernel has no freezer.
    if (!cgroups.map((cgroup) => setFrozen(cgroup, true)).every(Boolean)) touch();
  }

  return {
    touch,
    keepAwake() {
      touch();
      holders++;
      return {
        [Symbol.dispose]() {
          holders--;
          quietSince = performance.now();
        },
      };
    },
    look(quietMs) {
      if (isAsleep || hasEnded || holders > 0) return;
      if (performance.now() - span.startedAt < Math.min(spanMs, quietMs)) return;
      if (hasWorked()) quietSince = performance.now();
      else if (performance.now() - quietSince >= quietMs) fallAsleep();
    },
    fallAsleep,
    end() {
      hasEnded = true;
    },
    get isAsleep() {
      return isAsleep;
    },
  };
}
