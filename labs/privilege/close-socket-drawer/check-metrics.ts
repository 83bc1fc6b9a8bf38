import { Inconclusive } from '#lab';
import type { Evidence, RoleContainer } from '#lab';
import { describeMount, foreignProcs, refusePrivileges, tellingMounts } from './confinement.ts';
import { ask, findHelper, findVault, type Tools } from './services.ts';

/** metrics tells load and memory of the machine and sees no process but its own. */
export async function checkMetrics(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const metrics = await findHelper(tools, 'metrics');
  const procs = await foreignProcs(sandbox, metrics);
  if (procs.length > 0) throw notYet('proc-mounted', procs);
  await refusePrivileges(tools, metrics);
  const mounts = await tellingMounts(tools, metrics);
  if (mounts.length > 0) throw notYet('host-exposed', mounts.map(describeMount));
  const [canary, own] = [`CANARY=${sandbox.random()}`, `OWN=${sandbox.random()}`];
  const vault = await findVault(tools);
  await vault.twin(`env ${canary} sleep 15 >/dev/null 2>&1 &`);
  const seen = (await metrics.twin(`export ${own}; sh -c '${search}'`)).output;
  if (!seen.includes(own)) throw new Inconclusive('control-failed', ['a copy of metrics does not even find its own environment']);
  if (seen.includes(canary)) throw notYet('proc-mounted', ['a copy of metrics reads the environment of a process in another container']);
  return [`environments that a copy of metrics can read: its own, not that of a process beside the vault`, await tellsFigures(tools, metrics)];
}

/** The environment of every process that shows anywhere. */
const search =
  'find / -maxdepth 5 -path /sys -prune -o -name environ -print 2>/dev/null | while read -r file; do cat "$file" 2>/dev/null | tr "\\\\0" "\\\\n"; done; true';

/** Compares the figures with the same files, read in a copy of metrics by the checker's own program. Throws `figures-wrong`. */
export async function tellsFigures(tools: Tools, metrics: RoleContainer): Promise<string> {
  const before = await readMachine(metrics);
  const { status, body } = await ask(tools, metrics, '/cgi-bin/metrics');
  const after = await readMachine(metrics);
  const value = (name: string): number => Number.parseFloat(new RegExp(`^${name} (\\S+)`, 'm').exec(body)?.[1] ?? '');
  const load = value('load1');
  const slack = 0.3 + 0.1 * before.load;
  const isRight =
    load >= Math.min(before.load, after.load) - slack && load <= Math.max(before.load, after.load) + slack && value('mem_total') === before.memory;
  const line = `load1 ${load}, mem_total ${value('mem_total')}; the machine: ${before.load}, ${before.memory}`;
  if (status !== 200 || !isRight) throw tools.notYet('figures-wrong', [`GET /cgi-bin/metrics: ${status}`, line]);
  return line;
}

async function readMachine(role: RoleContainer): Promise<{ load: number; memory: number }> {
  const { output } = await role.twin('cat /proc/loadavg /proc/meminfo');
  return { load: Number.parseFloat(output), memory: Number(/^MemTotal: +(\d+)/m.exec(output)?.[1]) * 1024 };
}
