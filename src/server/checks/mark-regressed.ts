import type { CheckResult } from '#protocol/verdict.ts';

/** A task that passed earlier in this sandbox and fails now is a regression; the keeper, which has no memory, only says failed. */
export function markRegressed(result: CheckResult, passedBefore: readonly string[]): CheckResult {
  return {
    ...result,
    tasks: result.tasks.map((task) => (task.state === 'failed' && passedBefore.includes(task.id) ? { ...task, state: 'regressed' } : task)),
  };
}
