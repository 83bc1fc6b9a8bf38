import type { ChecksOf, Evidence } from '#lab';
import { checkBackup, savesData } from './check-backup.ts';
import { checkDash, showsWard, wardOf } from './check-dash.ts';
import { checkExposure } from './check-exposure.ts';
import { checkMetrics, tellsFigures } from './check-metrics.ts';
import { describeMount, foreignProcs, tellingMounts } from './confinement.ts';
import type lab from './lab.ts';
import { findHelper, type Tools } from './services.ts';

export default {
  'dash-without-power': checkDash,
  'backup-without-etc': checkBackup,
  'metrics-without-proc': checkMetrics,
  'proxy-hidden': checkExposure,

  async 'helpers-work'(tools) {
    const [dash, backup, metrics] = await Promise.all([findHelper(tools, 'dash'), findHelper(tools, 'backup'), findHelper(tools, 'metrics')]);
    const left = (await Promise.all([dash, backup, metrics].map((role) => tellingMounts(tools, role)))).flat().map(describeMount);
    const procs = await foreignProcs(tools.sandbox, metrics);
    if (left.length + procs.length > 0) throw tools.notYet('mounts-left', [...left, ...procs]);
    return [await showsWard(tools, dash, await wardOf(tools)), await savesData(tools, backup), await tellsFigures(tools, metrics)];
  },

  async 'propagation-private'(tools) {
    return propagation(tools);
  },
} satisfies ChecksOf<typeof lab>;

/** With shared propagation what the container mounts below turns up on the host, and the other way round. */
async function propagation({ sandbox, notYet }: Tools): Promise<Evidence> {
  const alive = (await sandbox.containers()).filter(({ running }) => running);
  const lines = [];
  for (const { id, name } of alive) {
    const { Mounts } = (await sandbox.engineApi(`/containers/${id}/json`)) as { Mounts: ReadonlyArray<{ Destination: string; Propagation?: string }> };
    for (const mount of Mounts) if (/shared/.test(mount.Propagation ?? '')) lines.push(`${mount.Destination} of ${name}: propagation ${mount.Propagation}`);
  }
  if (lines.length > 0) throw notYet('propagation-shared', lines);
  return [`containers looked at: ${alive.map(({ name }) => name).join(', ')}; no mount with shared propagation`];
}
