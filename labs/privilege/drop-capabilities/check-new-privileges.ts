import type { Evidence } from '#lab';
import { nameOf, theProxy, type Tools } from './proxy.ts';

/** No program that is started in the container gains rights, be it setuid or with file capabilities. */
export async function checkNewPrivileges(tools: Tools): Promise<Evidence> {
  const role = await theProxy(tools);
  const processes = await role.processes();
  const free = processes.find(({ noNewPrivileges }) => !noNewPrivileges);
  if (free !== undefined) throw tools.notYet('new-privileges', [`NoNewPrivs of ${nameOf(free)}: 0`]);
  const { ids = '' } = await role.probe(['ids'], { setuid: true });
  const [, real, effective] = /^uid (\d+) effective (\d+)/.exec(ids) ?? [];
  if (real === undefined || real !== effective) throw tools.notYet('setuid-works', [`a setuid program of root, started in a copy of the container: ${ids}`]);
  return [`NoNewPrivs is 1 in ${processes.length} processes`, `a setuid program of root, started in a copy of the container: ${ids}`];
}
