import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { project } from '../start/options.ts';
import type { Machine } from './machine.ts';
import type { Figure } from './results.ts';

const readme = join(project, 'README.md');
const [begin, end] = ['<!-- bench: begin -->', '<!-- bench: end -->'];
const marks: Record<Figure['state'], string> = { ok: 'yes', short: '**no**', none: '', unmeasured: 'not measured' };

/** Puts the figures that have a target, and the machine, between the two marks of the README. Throws when they are not there. */
export async function writeIntoReadme(machine: Machine, figures: readonly Figure[]): Promise<void> {
  const text = await readFile(readme, 'utf8');
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`Cannot write the figures: README.md has no ${begin} … ${end}`);
  await writeFile(readme, `${before}${begin}\n\n${table(machine, figures)}\n\n${end}${after}`);
}

function table(machine: Machine, figures: readonly Figure[]): string {
  const rows = figures
    .filter(({ target }) => target !== null)
    .map((figure) => [
      `${figure.what}${figure.lab === undefined ? '' : ` (${figure.lab})`}${percentOf(figure.id)}`,
      figure.value === null ? '–' : `${figure.value} ${figure.unit}`,
      `${figure.target} ${figure.unit}`,
      marks[figure.state],
    ]);
  const lines = [['what', 'value', 'must', 'met'], ['---', '---', '---', '---'], ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  const { cpu, cores, memoryGib, system, kernel, cgroupVersion, engineVersion, date, loadAverage } = machine;
  const about = `${date.slice(0, 10)} · ${cores} × ${cpu}, ${memoryGib} GiB · ${system}, kernel ${kernel}, cgroup v${cgroupVersion} · engine ${engineVersion} · load before ${loadAverage[0]}`;
  return `${about}\n\n${lines.join('\n')}`;
}

function percentOf(id: Figure['id']): string {
  const percent = /-(p\d+|max)$/.exec(id)?.[1];
  return percent === undefined ? '' : `, ${percent}`;
}
