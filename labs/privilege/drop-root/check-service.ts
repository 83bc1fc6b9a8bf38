import type { Evidence } from '#lab';
import { describeProcess, isRoot, nameOf } from './process-facts.ts';
import { proveIdentity, storeFile, uploadService, ask, type Tools } from './service.ts';

/** The service does what it is there for, and does it without root. */
export async function checkService(tools: Tools): Promise<Evidence> {
  const role = await uploadService(tools);
  const served = await roundTrip(tools);
  const root = (await role.processes()).find(isRoot);
  if (root !== undefined) throw tools.notYet('serves-as-root', [...served, describeProcess(root)]);
  return served;
}

/** The container's root directory is read-only for all its processes, and the service still works. */
export async function checkReadOnlyRoot(tools: Tools): Promise<Evidence> {
  const role = await uploadService(tools);
  for (const process of await role.processes()) {
    const root = process.mounts.filter(({ target }) => target === '/').at(-1);
    if (root?.options.includes('ro') !== true) throw tools.notYet('root-writable', [`/ of ${nameOf(process)}: ${root?.options.join(',') ?? 'unknown'}`]);
  }
  return [`/ of every process of ${role.name}: ro`, ...(await roundTrip(tools))];
}

async function roundTrip(tools: Tools): Promise<Evidence> {
  const role = await uploadService(tools);
  const page = await ask(tools, role, { path: '/' });
  if (page.status !== 200) throw tools.notYet('service-broken', [`GET /: ${page.status}`]);
  const identity = await proveIdentity(tools, role);
  await using stored = await storeFile(tools, role);
  return [identity, `POST /upload?name=${stored.name}, GET /files/${stored.name}: the same content`];
}
