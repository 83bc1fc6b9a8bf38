import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { canInstallPackages, installPackages } from '#sandbox/host/packages.ts';
import { say } from '../start/say.ts';
import { missingPrograms } from './programs.ts';
import { accelerator, runMachine } from './machine.ts';
import type { Facts, Message, Outcome } from './message.ts';
import { writeProjectDisk } from './project-disk.ts';
import { printOutcomes, writeReport } from './report.ts';
import { stepNames } from './step-names.ts';
import { ensureSystemImage } from './system-image.ts';

const usage = `usage: npm run test:cgroup2 [-- STEP…] [--minutes N] [--keep DIR]
  boots Debian 13 with its own kernel, systemd, cgroup v2 and AppArmor in a virtual machine and runs the project's tests there
  STEP       ${stepNames.join(', ')} (default: all, and the report in sandbox/ is written anew)
  --minutes  time limit for the machine (default 120)
  --keep     folder for its console and its messages (default: a temporary one)`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string', default: '120' }, keep: { type: 'string' }, help: { type: 'boolean', default: false } },
});

process.exitCode = await main();

/** Exit status: 0 every step went well, 1 one did not, 2 there was no machine to try it in. */
async function main(): Promise<number> {
  const unknown = positionals.filter((name) => !stepNames.some((known) => known === name));
  if (values.help || unknown.length > 0) {
    console.error(unknown.length > 0 ? `There is no step ${unknown.join(', ')}\n${usage}` : usage);
    return values.help ? 0 : 2;
  }
  if (process.getuid?.() !== 0 || process.arch !== 'x64') {
    console.error('Building the virtual machine needs root on an x86-64 Debian.');
    return 2;
  }
  const missing = await missingPrograms();
  if (missing.length > 0) {
    if (!(await canInstallPackages())) {
      console.error(`These Debian packages are missing: ${missing.join(' ')}`);
      return 2;
    }
    say('packages', `installing ${missing.join(' ')}`);
    await installPackages(missing, () => undefined);
  }
  const folder = values.keep ?? (await mkdtemp(join(tmpdir(), 'schott-cgroup2-')));
  try {
    return await testIn(folder);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  } finally {
    if (values.keep === undefined) await rm(folder, { recursive: true, force: true });
  }
}

async function testIn(folder: string): Promise<number> {
  const image = await ensureSystemImage((line) => say('system', line));
  const projectDisk = join(folder, 'project.tar');
  say('project', 'writing the disk with the project and what it needs');
  await writeProjectDisk(projectDisk, (line) => say('project', line));
  const acceleration = await accelerator();
  say('machine', acceleration === 'kvm' ? 'boots, with KVM' : 'boots, on an emulated processor: this takes its time');
  const outcomes: Outcome[] = [];
  let facts: Facts | undefined;
  let isDone = false;
  const started = performance.now();
  try {
    await runMachine({ image, projectDisk, folder, steps: positionals, limitMs: Number(values.minutes) * 60_000 }, (said) => {
      show(said);
      if (said.type === 'facts') facts = said.facts;
      if (said.type === 'end') outcomes.push(said.outcome);
      if (said.type === 'done') isDone = true;
    });
  } finally {
    await rm(projectDisk, { force: true });
  }
  printOutcomes(outcomes);
  if (!isDone || facts === undefined)
    throw new Error(`The virtual machine was switched off before its tests had ended; run again with --keep DIR and see DIR/console.log`);
  const minutes = Math.round((performance.now() - started) / 60_000);
  if (positionals.length === 0) say('report', await writeReport({ facts, outcomes, acceleration, minutes }));
  return outcomes.every((one) => one.ok) ? 0 : 1;
}

function show(said: Message): void {
  if (said.type === 'facts') say('machine', `${said.facts.system}, kernel ${said.facts.kernel}, ${said.facts.engine}`);
  if (said.type === 'begin') say(said.step, 'begins');
  if (said.type === 'output') say('', said.line);
  if (said.type === 'end') say(said.outcome.step, `${said.outcome.ok ? 'ok' : 'FAILED'}: ${said.outcome.summary}`);
}
