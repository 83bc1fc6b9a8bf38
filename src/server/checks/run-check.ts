import type { CheckResult } from '#protocol/verdict.ts';
import { ApiFailure } from '../api-failure.ts';
import { describeError } from '../error-handler.ts';
import { needKeeper, type SessionContext } from '../sessions/session-context.ts';
import type { SessionRecord } from '../store/session-store.ts';
import type { CheckCause } from './check-schedule.ts';
import { keepEarlier } from './keep-earlier.ts';
import { markRegressed } from './mark-regressed.ts';

/** As the keeper has it for labs that do not say otherwise. */
const defaultLimitSeconds = 15;

/** Runs one check of the session, stores what it showed, and tells every browser that watches. */
export async function runCheck(context: SessionContext, id: string, sandboxId: string, cause: CheckCause): Promise<CheckResult> {
  context.hub.publish(id, { type: 'checking', cause });
  const startedAt = performance.now();
  try {
    const lab = context.catalog.labs.get(context.store.sessions.find(id)?.lab ?? '');
    const limitSeconds = lab?.checkLimitSeconds ?? defaultLimitSeconds;
    const result = await needKeeper(context).check(sandboxId, { isFull: cause === 'button', limitSeconds });
    const graded = storeResult(context, id, sandboxId, result);
    context.metrics.countCheck(cause, 'done', (performance.now() - startedAt) / 1000);
    context.hub.publish(id, { type: 'checked', result: graded });
    return graded;
  } catch (error) {
    context.metrics.countCheck(cause, 'failed', (performance.now() - startedAt) / 1000);
    const { code, text } = describeError(error);
    context.log.warn({ err: error, session: id }, 'check failed');
    context.hub.publish(id, { type: 'error', error: { code, message: text } });
    throw error;
  }
}

function storeResult(context: SessionContext, id: string, sandboxId: string, result: CheckResult): CheckResult {
  const { store } = context;
  return store.transaction(() => {
    const record = store.sessions.find(id);
    if (record?.sandbox !== sandboxId) throw new ApiFailure('session_not_ready');
    if (record.state !== 'ready') throw new ApiFailure('session_over');
    const graded = markRegressed(keepEarlier(result, record.lastCheck), record.passedTasks);
    const passed = graded.tasks.filter((task) => task.passed);
    store.sessions.change(id, { lastCheck: graded, passedTasks: [...new Set([...record.passedTasks, ...passed.map((task) => task.id)])] });
    recordProgress(context, record, graded);
    return graded;
  });
}

function recordProgress({ store }: SessionContext, { learner, lab }: SessionRecord, result: CheckResult): void {
  const now = Date.now();
  for (const task of result.tasks) if (task.passed) store.progress.recordTask(learner, lab, task, now);
  if (result.total > 0 && result.passed === result.total) store.progress.recordLabSolved(learner, lab, now);
}
