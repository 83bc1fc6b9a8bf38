import type { Evidence } from '#lab';
import { describeProcess, isRoot, nameOf } from './process-facts.ts';
import { workingService, type Tools } from './service.ts';

/** The service does what it is there for, and does it without root. */
export async function checkService(tools: Tools): Promise<Evidence> {
  const { role, evidence } = await workingService(tools);
  const root = (await role.processes()).find(isRoot);
  if (root !== undefined) throw tools.notYet('serves-as-root', [...evidence, describeProcess(root)]);
  return evidence;
}

/** The container's root directory is read-only for all its processes, and the service still works. */
export async function checkReadOnlyRoot(tools: Tools): Promise<Evidence> {
  const { role, evidence } = await workingService(tools);
  for (const process of await role.processes()) {
    const root = process.mounts.filter(({ target }) => target === '/').at(-1);
    if (root?.options.includes('ro') !== true) throw tools.notYet('root-writable', [`/ of ${nameOf(process)}: ${root?.options.join(',') ?? 'unknown'}`]);
  }
  return [`/ of every process of ${role.name}: ro`, ...evidence];
}
