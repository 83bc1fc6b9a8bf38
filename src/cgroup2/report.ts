import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { project } from '../start/options.ts';
import type { Accelerator } from './machine.ts';
import type { Facts, Outcome } from './message.ts';

const file = 'sandbox/cgroup2-report.md';

export interface Run {
  readonly facts: Facts;
  readonly outcomes: readonly Outcome[];
  readonly acceleration: Accelerator;
  /** From power-on to power-off, by our clock. */
  readonly minutes: number;
}

/** One line for each step. */
export function printOutcomes(outcomes: readonly Outcome[]): void {
  console.log('');
  for (const { step, ok, seconds, summary } of outcomes) console.log(`${ok ? '✔' : '✘'} ${step.padEnd(10)} ${String(seconds).padStart(5)} s  ${summary}`);
}

/** Writes the report that is kept with the project; gives its path. */
export async function writeReport({ facts, outcomes, acceleration, minutes }: Run): Promise<string> {
  const rows = outcomes.map(({ step, ok, seconds, summary }) => `| ${step} | ${ok ? 'ok' : '**failed**'} | ${seconds} s | ${summary.replaceAll('|', '\\|')} |`);
  const text = `# The sandbox on cgroup v2, AppArmor and systemd

Written by \`npm run test:cgroup2\` on ${new Date().toISOString().slice(0, 10)}: a virtual machine with systemd as its init (${
    acceleration === 'kvm' ? 'KVM' : 'an emulated processor; its clock counts instructions'
  }), ${minutes} minutes from power-on to power-off.

|                  |                            |
| ---------------- | -------------------------- |
| system           | ${facts.system}            |
| kernel           | ${facts.kernel}            |
| init             | ${facts.init}              |
| cgroups          | ${facts.cgroups}           |
| security modules | ${facts.securityModules}   |
| engine           | ${facts.engine}            |
| containerd       | ${facts.containerd}        |
| runc             | ${facts.runc}              |

| step | result | by the machine's clock | what |
| ---- | ------ | ---------------------- | ---- |
${rows.join('\n')}
`;
  await writeFile(join(project, file), text);
  return file;
}
