import { z } from 'zod';
import { text } from './text.ts';

/** passed · failed: not (yet) done · inconclusive: nothing can be said · regressed: was passed before, fails now. */
const verdictState = z.enum(['passed', 'failed', 'inconclusive', 'regressed']);
export type VerdictState = z.infer<typeof verdictState>;

const taskVerdict = z.strictObject({
  /** Key of the task in the lab. */
  id: z.string(),
  passed: z.boolean(),
  state: verdictState,
  /** What to tell the learner; absent when passed. */
  message: text.optional(),
  /** Id of that message, for tests and statistics. */
  messageId: z.string().optional(),
  /** What was observed. */
  evidence: z.array(z.string()),
  points: z.number(),
  bonus: z.boolean(),
});
export type TaskVerdict = z.infer<typeof taskVerdict>;

export const checkResult = z.strictObject({
  /** Tasks passed and tasks in all, bonus left out. */
  passed: z.number(),
  total: z.number(),
  /** Points for passed tasks, bonus included. */
  points: z.number(),
  tasks: z.array(taskVerdict),
  checkedAt: z.iso.datetime(),
  milliseconds: z.number(),
});
export type CheckResult = z.infer<typeof checkResult>;
