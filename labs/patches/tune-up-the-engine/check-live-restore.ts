import type { Evidence } from '#lab';
import { refuseRestart, workingShop, type Tools } from './shop.ts';

/** With live-restore no container has to be waited for; without it, the shop stops at once. */
const restartLimitMs = 25_000;

/** The daemon is restarted, and the shop does not notice. Nor would it notice the next time. */
export async function checkLiveRestore(tools: Tools): Promise<Evidence> {
  const before = await workingShop(tools);
  await tools.sandbox.restartEngine(restartLimitMs);
  const after = await workingShop(tools);
  const same = refuseRestart(tools, before, after);
  const { LiveRestoreEnabled } = (await tools.sandbox.engineApi('/info')) as { readonly LiveRestoreEnabled?: boolean };
  if (LiveRestoreEnabled !== true) throw tools.notYet('not-kept', [same, `docker info after the restart: Live Restore Enabled ${String(LiveRestoreEnabled)}`]);
  return ['a new dockerd answers after SIGTERM', same, ...after.evidence];
}
