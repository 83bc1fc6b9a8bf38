import { NotYet } from '#lab';
import type { Evidence } from '#lab';
import { checkDaemon } from './check-daemon.ts';
import { checkFiledrop } from './check-filedrop.ts';
import { checkFiles } from './check-files.ts';
import { checkSocket } from './check-socket.ts';
import { checkUsers } from './check-users.ts';
import { startProbe, type Tools } from './probe-container.ts';
import { workingShop } from './shop.ts';

/** What a start script still does after the daemon answers. */
const settleMs = 1500;

/** With live-restore no container has to be waited for. */
const restartLimitMs = 15_000;

/** Docker is restarted: everything above still holds, and the shop has not noticed. */
export async function checkRestart(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const before = await workingShop(tools);
  await sandbox.restartEngine(restartLimitMs);
  await sandbox.sleep(settleMs);
  try {
    const after = await workingShop(tools);
    await using probe = await startProbe(tools);
    await checkSocket(tools, probe);
    await checkUsers(tools, probe);
    await checkFiles(tools);
    await checkDaemon(tools, probe);
    await checkFiledrop(tools);
    if (after.role.startedAt !== before.role.startedAt)
      throw notYet('shop-restarted', [`container shop: started at ${before.role.startedAt}, after the restart of Docker at ${after.role.startedAt}`]);
    return ['a new dockerd answers after SIGTERM', `container shop runs since ${after.role.startedAt}, through the restart`, ...after.evidence];
  } catch (error) {
    if (!(error instanceof NotYet) || error.messageId === 'shop-restarted') throw error;
    throw notYet('undone-by-restart', [`after a restart of Docker: ${error.messageId}`, ...error.evidence]);
  }
}
