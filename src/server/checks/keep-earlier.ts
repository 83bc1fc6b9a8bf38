import type { CheckResult } from '#protocol/verdict.ts';

/**
 * A check that nobody has asked for leaves out the tasks that are judged on request only. For those what was found before still holds, if anything was:
 * a tick that the learner has got does not vanish with the next Docker event.
 */
export function keepEarlier(result: CheckResult, before: CheckResult | null): CheckResult {
  const earlier = new Map((before?.tasks ?? []).filter(({ messageId }) => messageId !== 'on-request').map((task) => [task.id, task]));
  const tasks = result.tasks.map((task) => (task.messageId === 'on-request' ? (earlier.get(task.id) ?? task) : task));
  return {
    ...result,
    tasks,
    passed: tasks.filter((task) => task.passed && !task.bonus).length,
    points: tasks.filter((task) => task.passed).reduce((sum, task) => sum + task.points, 0),
  };
}
