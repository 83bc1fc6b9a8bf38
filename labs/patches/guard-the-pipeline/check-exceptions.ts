import type { Evidence } from '#lab';
import { vulnerableRepository } from './hidden-repository.ts';
import { mustRefuse, mustShip, sendThrough } from './pipeline.ts';
import type { Tools } from './registry.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** An exception in the repository's .trivyignore holds with a last day, and until then. */
export async function checkExceptions(tools: Tools): Promise<Evidence> {
  const { sandbox } = tools;
  const undated = vulnerableRepository(sandbox, 'CRITICAL', (id) => id);
  const expired = vulnerableRepository(sandbox, 'CRITICAL', (id) => `${id} exp:${day(-30)}`);
  const dated = vulnerableRepository(sandbox, 'CRITICAL', (id) => `${id} exp:${day(60)}`);
  return [
    await sendThrough(tools, `${undated.what}, excepted for ever`, undated.files, async (trial) => mustRefuse(tools, trial, 'undated-accepted')),
    await sendThrough(tools, `${expired.what}, excepted until ${day(-30)}`, expired.files, async (trial) => mustRefuse(tools, trial, 'expired-accepted')),
    await sendThrough(tools, `${dated.what}, excepted until ${day(60)}`, dated.files, async (trial) => {
      mustShip(tools, trial, 'dated-refused');
      return `${trial.line}, shipped`;
    }),
  ];
}

/** YYYY-MM-DD, so many days from today. */
function day(distance: number): string {
  return new Date(Date.now() + distance * dayMs).toISOString().slice(0, 10);
}
