import type { Evidence } from '#lab';
import { hostPorts } from './places.ts';
import { ask, findService, type Tools } from './services.ts';

/** What may be open to the world: the shop, the blog, and SSH, which the firewall speaks of. */
const meantForAll = [22, 8080, 8082];

/** From the attacker's network shop and blog answer, and no other port is open. */
export async function checkOutside(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const [shop, blog] = await Promise.all([findService(sandbox, 'shop'), findService(sandbox, 'blog')]);
  await findService(sandbox, 'kv');
  await findService(sandbox, 'admin');
  await Promise.all([ask(tools, shop, { path: '/' }), ask(tools, blog, { path: '/' })]);
  const ports = (await hostPorts(sandbox)).filter((port) => !meantForAll.includes(port));
  const open = await openPorts(tools, ports);
  if (open.length > 0)
    throw notYet(
      'open-outside',
      open.map((port) => `port ${port} accepts connections from the attacker's network`),
    );
  return [`ports 8080 and 8082 answer the attacker's network, these do not: ${ports.join(', ')}`];
}

async function openPorts({ sandbox }: Tools, ports: readonly number[]): Promise<readonly number[]> {
  const isOpen = await Promise.all(ports.map((port) => sandbox.canConnect(port)));
  return ports.filter((_, index) => isOpen[index] === true);
}
