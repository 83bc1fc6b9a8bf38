import type { Ledger } from './ledger.ts';
import type { Visitor } from './visitor.ts';

/** Notes what was acknowledged to a learner and is no longer in their progress. */
export async function checkProgress(visitor: Visitor, ledger: Ledger, signal: AbortSignal): Promise<void> {
  const { attack, tasks } = visitor.acknowledged;
  if (attack.size === 0 && tasks.size === 0) return;
  const { labs } = await visitor.progress(signal);
  for (const lab of attack) if (labs[lab]?.attackSolved !== true) ledger.noteViolation(`the solved attack of ${lab} is lost`);
  for (const [lab, passed] of tasks)
    for (const task of passed) if (!(labs[lab]?.tasks.includes(task) ?? false)) ledger.noteViolation(`the passed task ${task} of ${lab} is lost`);
}
