import { Inconclusive } from '#lab';
import type { Evidence } from '#lab';
import { asHex, capability, capabilityNames } from './capability-names.ts';
import { nameOf, theProxy, type Tools } from './proxy.ts';

/** All three succeed on the Docker host; see sandbox/native/sysprobe.c. */
const probes = ['socket-packet', 'socket-raw', 'link-down'];
const powers = capability('NET_RAW') | capability('NET_ADMIN');

/** Nobody in the container builds packets of their own or touches a network card. */
export async function checkNetwork(tools: Tools): Promise<Evidence> {
  const role = await theProxy(tools);
  for (const process of await role.processes()) {
    const found = (process.capabilities.permitted | process.capabilities.effective) & powers;
    if (found !== 0n)
      throw tools.notYet('raw-network', [`${nameOf(process)}: CapPrm ${asHex(process.capabilities.permitted)}, with ${capabilityNames(found)}`]);
  }
  const answers = await role.probe(['socket-inet', ...probes]);
  if (!answers['socket-inet']?.startsWith('reachable')) throw new Inconclusive('control-failed', [`socket-inet: ${answers['socket-inet']}`]);
  const lines = probes.map((name) => `${name}: ${answers[name]}`);
  if (probes.some((name) => !answers[name]?.startsWith('blocked'))) throw tools.notYet('raw-network', lines);
  return ['control, an ordinary socket: reachable', ...lines];
}
