import type { Check, ChecksOf, SandboxView } from '#lab';
import { checkDaemon } from './check-daemon.ts';
import { checkFiledrop } from './check-filedrop.ts';
import { checkFiles } from './check-files.ts';
import { checkRestart } from './check-restart.ts';
import { checkSocket } from './check-socket.ts';
import { checkUsers } from './check-users.ts';
import type lab from './lab.ts';
import { startProbe, type ProbeContainer, type Tools } from './probe-container.ts';
import { checkShop } from './shop.ts';

const probes = new WeakMap<SandboxView, Promise<ProbeContainer>>();

/** One for the tasks of a run that look at the same daemon. */
function sharedProbe(tools: Tools): Promise<ProbeContainer> {
  const probe = probes.get(tools.sandbox) ?? startProbe(tools);
  probes.set(tools.sandbox, probe);
  return probe;
}

const open = new WeakMap<SandboxView, string[]>();

/** Remembers for this run that the task is open unless `check` passes. */
function noted(task: string, check: Check<typeof lab>): Check<typeof lab> {
  return async (tools) => {
    const tasks = open.get(tools.sandbox) ?? [];
    open.set(tools.sandbox, tasks);
    tasks.push(task);
    const evidence = await check(tools);
    tasks.splice(tasks.indexOf(task), 1);
    return evidence;
  };
}

export default {
  'socket-closed': noted('socket-closed', async (tools) => checkSocket(tools, await sharedProbe(tools))),
  'trusted-users': noted('trusted-users', async (tools) => checkUsers(tools, await sharedProbe(tools))),
  'files-owned': noted('files-owned', checkFiles),
  'daemon-baseline': noted('daemon-baseline', async (tools) => {
    // The last that needs it.
    await using probe = await sharedProbe(tools);
    return await checkDaemon(tools, probe);
  }),
  'filedrop-gone': noted('filedrop-gone', checkFiledrop),
  'shop-works': noted('shop-works', checkShop),
  // Nobody's Docker is restarted to learn what is known already.
  async 'restart-proof'(tools) {
    const tasks = open.get(tools.sandbox) ?? [];
    if (tasks.length > 0) throw tools.notYet('others-first', [`open: ${tasks.join(', ')}`]);
    return checkRestart(tools);
  },
} satisfies ChecksOf<typeof lab>;
