import { pointsOf } from '#lab';
import { meets, probeCapabilities } from '../host/capabilities.ts';
import { loadLabs } from '../keeper/lab-folders.ts';

/** Prints every lab with what it needs and whether this machine has it. */
export async function listLabs(json: boolean): Promise<number> {
  const capabilities = await probeCapabilities();
  const rows = [...(await loadLabs()).values()].map(({ id, lab }) => {
    const missing = lab.needs.filter((need) => !meets(capabilities, need));
    return {
      label: lab.label,
      id,
      title: lab.title,
      minutes: lab.minutes,
      points: pointsOf(lab),
      tasks: Object.keys(lab.tasks),
      available: missing.length === 0,
      missing,
    };
  });
  if (json) {
    console.log(JSON.stringify(rows, null, 2));
    return 0;
  }
  for (const row of rows) {
    const state = row.available ? 'available' : `not on this machine: no ${row.missing.join(', ')}`;
    console.log(
      `${row.label.padEnd(5)} ${row.id.padEnd(30)} ${String(row.minutes).padStart(3)} min ${String(row.points).padStart(4)} points  ${row.title.en.padEnd(32)} ${state}`,
    );
  }
  return 0;
}
