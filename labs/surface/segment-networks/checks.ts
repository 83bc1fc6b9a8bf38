import { NotYet } from '#lab';
import type { ChecksOf } from '#lab';
import { checkAdmin } from './check-admin.ts';
import { checkBlog } from './check-blog.ts';
import { checkEgress } from './check-egress.ts';
import { placeOrder } from './check-orders.ts';
import { checkOutside } from './check-outside.ts';
import { checkRoutes } from './check-routes.ts';
import type lab from './lab.ts';
import { findService, serviceNames, type Tools } from './services.ts';

/** So long the containers may take to come back after a restart of Docker. */
const comeBackMs = 12_000;

export default {
  'outside-closed'(tools) {
    startCopies(tools);
    return checkOutside(tools);
  },

  'blog-isolated': checkBlog,
  'kv-no-egress': checkEgress,
  'admin-local': checkAdmin,

  async 'own-networks'({ sandbox, notYet }) {
    const roles = await Promise.all(serviceNames.map((name) => findService(sandbox, name)));
    const { Containers: onBridge = {} } = (await sandbox.engineApi('/networks/bridge')) as { Containers?: Record<string, unknown> };
    const left = roles.filter(({ id }) => id in onBridge);
    if (left.length > 0)
      throw notYet(
        'default-bridge',
        left.map(({ name }) => `${name} is on the network bridge`),
      );
    const host = await sandbox.hostProcess();
    for (const role of roles) {
      const [first] = await role.processes();
      if (first.namespaces.net === host.namespaces.net)
        throw notYet('host-network', [`${role.name} uses the Docker host's network namespace ${host.namespaces.net}`]);
    }
    return roles.map(({ name, networkAddresses }) => `${name}: ${networkAddresses.join(', ')}`);
  },

  async 'orders-work'(tools) {
    await refuseFlat(tools);
    return placeOrder(tools);
  },

  'no-side-door': checkRoutes,

  async 'survives-reboot'(tools) {
    await refuseFlat(tools);
    await reboot(tools);
    await whenOrdersWork(tools);
    try {
      const facts = [...(await checkOutside(tools)), ...(await checkBlog(tools)), ...(await checkEgress(tools))];
      return ['rules flushed, /etc/firewall.sh run, Docker restarted; after that:', ...facts];
    } catch (error) {
      if (error instanceof NotYet && ['open-outside', 'blog-reaches', 'kv-egress'].includes(error.messageId))
        throw tools.notYet('not-persistent', error.evidence);
      throw error;
    }
  },
} satisfies ChecksOf<typeof lab>;

/** Copies of four containers are needed in the end; started side by side they take the time of one. Whoever needs one and does not get it says so. */
function startCopies({ sandbox }: Tools): void {
  void Promise.allSettled((['blog', 'shop', 'api', 'kv'] as const).map(async (name) => (await findService(sandbox, name)).twin('true')));
}

/** At the start everything works, since everything is open: that is no merit. */
async function refuseFlat(tools: Tools): Promise<void> {
  if (await tools.sandbox.canConnect(6379)) throw tools.notYet('still-flat', ["port 6379 accepts connections from the attacker's network"]);
  try {
    await checkBlog(tools);
  } catch (error) {
    if (error instanceof NotYet && error.messageId === 'blog-reaches') throw tools.notYet('still-flat', error.evidence);
    throw error;
  }
}

/** What a reboot leaves of the firewall: what the boot script sets up. Then Docker starts, and with it whatever is to start by itself. */
async function reboot({ sandbox, notYet }: Tools): Promise<void> {
  const flush = ['filter INPUT', 'filter DOCKER-USER', 'raw PREROUTING', 'mangle PREROUTING', 'mangle FORWARD'].map((chain) => {
    const [table, name] = chain.split(' ');
    return `iptables -w -t ${table} -F ${name} 2>/dev/null`;
  });
  const { ok, output } = await sandbox.runOnHost(`${flush.join('; ')}; iptables -w -P INPUT ACCEPT; bash /etc/firewall.sh`, { timeoutMs: 8000 });
  if (!ok) throw notYet('boot-script', [`bash /etc/firewall.sh: ${output.trim().slice(-300)}`]);
  await sandbox.restartEngine();
}

async function whenOrdersWork(tools: Tools): Promise<void> {
  for (const deadline = Date.now() + comeBackMs; ; await tools.sandbox.sleep(500)) {
    try {
      await placeOrder(tools);
      return;
    } catch (error) {
      if (!(error instanceof NotYet) || Date.now() > deadline) throw error;
    }
  }
}
