import { NotYet } from '#lab';
import type { Evidence } from '#lab';
import { refuseRestart, workingShop, type Tools, type WorkingShop } from './shop.ts';

/** With live-restore no container has to be waited for; without it, the shop stops at once. */
const restartLimitMs = 25_000;
/** So long the shop may take to come back, if it went away: then it can be said that it was restarted. */
const comeBackMs = 6000;

/** The daemon is restarted, and the shop does not notice. Nor would it notice the next time. */
export async function checkLiveRestore(tools: Tools): Promise<Evidence> {
  const before = await workingShop(tools);
  const wasOn = await isOn(tools);
  await tools.sandbox.restartEngine(restartLimitMs);
  const facts = [`docker info, Live Restore Enabled: ${wasOn} before the restart, ${await isOn(tools)} after it`];
  if (wasOn && !(await isOn(tools))) throw tools.notYet('not-kept', facts);
  const after = await shopAgain(tools);
  const same = refuseRestart(tools, before, after);
  if (!(await isOn(tools))) throw tools.notYet('not-kept', [same, ...facts]);
  return ['a new dockerd answers after SIGTERM', same, ...facts, ...after.evidence];
}

async function isOn({ sandbox }: Tools): Promise<boolean> {
  const { LiveRestoreEnabled } = (await sandbox.engineApi('/info')) as { readonly LiveRestoreEnabled?: boolean };
  return LiveRestoreEnabled === true;
}

async function shopAgain(tools: Tools): Promise<WorkingShop> {
  for (const deadline = Date.now() + comeBackMs; ; await tools.sandbox.sleep(300)) {
    try {
      return await workingShop(tools);
    } catch (error) {
      const isAway = error instanceof NotYet && ['role-missing', 'shop-broken'].includes(error.messageId);
      if (!isAway || Date.now() > deadline) throw error;
    }
  }
}
