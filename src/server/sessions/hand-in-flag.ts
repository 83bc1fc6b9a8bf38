import { ApiFailure } from '../api-failure.ts';
import type { SessionRecord } from '../store/session-store.ts';
import { presentSession } from './present-session.ts';
import { needKeeper, needLab, type SessionContext } from './session-context.ts';

/** Is `flag` the one that the attack brings to light? If so, the attack counts as solved. */
export async function handInFlag(context: SessionContext, record: SessionRecord, flag: string): Promise<boolean> {
  const keeper = needKeeper(context);
  const lab = needLab(context, record.lab);
  if (record.sandbox === null) throw new ApiFailure('session_not_ready');
  if (!(await keeper.handInFlag(record.sandbox, flag.trim()))) return false;
  const after = context.store.transaction(() => {
    context.store.progress.recordAttack(record.learner, record.lab, lab.attack.points, Date.now());
    return context.store.sessions.change(record.id, { attackSolved: true });
  });
  if (after) context.hub.publish(record.id, { type: 'session', session: presentSession(context, after) });
  return true;
}
