import type { Evidence } from '#lab';
import { asHex, capability, capabilityNames } from './capability-names.ts';
import { nameOf, theProxy, type Tools } from './proxy.ts';

/** What a program needs that starts as root and then becomes somebody else. */
const needed = capability('SETUID') | capability('SETGID');

/** No process of the container has, or can come by, more than it needs. The bounding set counts: a setuid program would draw from it. */
export async function checkCapabilities(tools: Tools): Promise<Evidence> {
  const role = await theProxy(tools);
  const lines: string[] = [];
  for (const process of await role.processes()) {
    const { bounding, permitted, effective, inheritable, ambient } = process.capabilities;
    const all = bounding | permitted | effective | inheritable | ambient;
    const line = `${nameOf(process)}: CapPrm ${asHex(permitted)}, CapBnd ${asHex(bounding)}`;
    if ((all & ~needed) !== 0n) throw tools.notYet('too-many-capabilities', [line, `not needed: ${capabilityNames(all & ~needed)}`]);
    lines.push(line);
  }
  return lines;
}
