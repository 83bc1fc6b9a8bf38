import type { ChecksOf, SandboxView } from '#lab';
import { checkDaemon } from './check-daemon.ts';
import { checkFiledrop } from './check-filedrop.ts';
import { checkFiles } from './check-files.ts';
import { checkRestart } from './check-restart.ts';
import { checkSocket } from './check-socket.ts';
import { checkUsers } from './check-users.ts';
import type lab from './lab.ts';
import { startProbe, type ProbeContainer, type Tools } from './probe-container.ts';
import { workingShop } from './shop.ts';

const probes = new WeakMap<SandboxView, Promise<ProbeContainer>>();

/** One for the tasks of a run that look at the same daemon. */
function sharedProbe(tools: Tools): Promise<ProbeContainer> {
  const probe = probes.get(tools.sandbox) ?? startProbe(tools);
  probes.set(tools.sandbox, probe);
  return probe;
}

export default {
  'socket-closed': async (tools) => checkSocket(tools, await sharedProbe(tools)),
  'trusted-users': async (tools) => checkUsers(tools, await sharedProbe(tools)),
  'files-owned': checkFiles,
  async 'daemon-baseline'(tools) {
    // The last that needs it.
    await using probe = await sharedProbe(tools);
    return await checkDaemon(tools, probe);
  },
  'filedrop-gone': checkFiledrop,
  'shop-works': async (tools) => (await workingShop(tools)).evidence,
  'restart-proof': checkRestart,
} satisfies ChecksOf<typeof lab>;
