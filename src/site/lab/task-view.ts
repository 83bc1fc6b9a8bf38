import type { Language } from '#lab';
import type { CheckResult, TaskVerdict } from '#protocol/verdict.ts';

/** open: not done yet · passed · regressed: was done, is undone · inconclusive: the last check could not tell. */
type TaskState = 'open' | 'passed' | 'regressed' | 'inconclusive';

/** What the page shows of one task. */
interface TaskView {
  readonly state: TaskState;
  readonly message: string;
  readonly evidence: readonly string[];
}

/** View of a task whose last verdict is `verdict`; without one it is open. */
export function taskView(verdict: TaskVerdict | undefined, language: Language): TaskView {
  // The task list says by itself which tasks are judged on request only.
  if (verdict === undefined || verdict.messageId === 'on-request') return { state: 'open', message: '', evidence: [] };
  return {
    state: verdict.state === 'failed' ? 'open' : verdict.state,
    message: verdict.message?.[language] ?? '',
    evidence: verdict.evidence,
  };
}

/** A task that another check result turned: to passed, away from it, or to unknown. */
export interface TaskChange {
  readonly id: string;
  readonly to: TaskState;
  readonly message: string;
}

/** What is worth saying aloud when `after` follows `before`. Nothing on the first result: it only describes the start. */
export function taskChanges(before: CheckResult | undefined, after: CheckResult, language: Language): TaskChange[] {
  if (before === undefined) return [];
  return after.tasks.flatMap((verdict) => {
    const earlier = taskView(
      before.tasks.find(({ id }) => id === verdict.id),
      language,
    );
    const { state, message } = taskView(verdict, language);
    return earlier.state === state ? [] : [{ id: verdict.id, to: state, message }];
  });
}

/** Solved: every task passed that is not a bonus. */
export function isSolved(result: CheckResult | undefined): boolean {
  return result !== undefined && result.total > 0 && result.passed === result.total;
}
