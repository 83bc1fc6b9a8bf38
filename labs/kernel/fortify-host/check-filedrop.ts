import type { Evidence } from '#lab';
import type { Tools } from './probe-container.ts';
import { filedropPort } from './seed.ts';
import { workingShop } from './shop.ts';

const shopPort = 8080;
const enoughPorts = 30;

/** Nothing but the shop answers from outside, and the forgotten service will not be started again. */
export async function checkFiledrop(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const port = filedropPort(sandbox.seed);
  const listening = [...new Set((await sandbox.listeners()).map((listener) => listener.port))];
  if (listening.includes(port)) throw notYet('filedrop-listens', [`somebody still listens on port ${port} of the Docker host`]);
  const reachable: number[] = [];
  for (const other of [port, ...listening.filter((one) => one !== shopPort).slice(0, enoughPorts)]) if (await sandbox.canConnect(other)) reachable.push(other);
  if (reachable.length > 0)
    throw notYet(
      'port-open',
      reachable.map((one) => `the attacker can connect to port ${one} of the Docker host`),
    );
  const isListed = (await sandbox.stat('/etc/service/filedrop')) !== undefined;
  const isDown = (await sandbox.stat('/etc/service/filedrop/down')) !== undefined;
  const canRun = (((await sandbox.stat('/etc/service/filedrop/run'))?.mode ?? 0) & 0o111) !== 0;
  if (isListed && !isDown && canRun)
    throw notYet('filedrop-enabled', ['/etc/service/filedrop is there, without a file `down`: runit starts it at the next boot']);
  const { evidence } = await workingShop(tools);
  return [`port ${port}: nobody listens, the attacker cannot connect`, ...evidence];
}
