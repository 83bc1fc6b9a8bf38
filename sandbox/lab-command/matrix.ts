import type { CheckResult, TaskVerdict } from '#protocol/verdict.ts';
import type { LabFolder } from '../keeper/lab-folders.ts';
import type { SandboxPlace } from '../keeper/sandbox-parts.ts';
import { startLabRun } from './lab-run.ts';
import { readScript, readScripts, type LabScript } from './scripts.ts';

/** One row of the verify matrix. */
export interface MatrixRow {
  readonly lab: string;
  /** `start`, `attack`, `solution.sh`, `passes/…`, `fails/…` */
  readonly name: string;
  readonly ok: boolean;
  /** Why not, line by line. */
  readonly problems: readonly string[];
  readonly milliseconds: number;
  readonly checkMilliseconds: readonly number[];
}

export interface MatrixCase {
  readonly name: string;
  run(place: SandboxPlace, image: string): Promise<Omit<MatrixRow, 'milliseconds' | 'lab' | 'name'>>;
}

/**
 * What must hold for a lab: at the start every task fails and the attack works; after the solution and each file of passes/ every task passes
 * and the attack does not work; each file of fails/ gets its own message.
 */
export async function matrixOf(lab: LabFolder): Promise<MatrixCase[]> {
  const attack = await readScript(lab.folder, 'attack.sh');
  const solution = await readScript(lab.folder, 'solution.sh');
  const [passes, fails] = await Promise.all([readScripts(lab.folder, 'passes'), readScripts(lab.folder, 'fails')]);
  return [
    { name: 'start', run: (place, image) => startCase(place, lab, image, attack) },
    { name: solution.name, run: (place, image) => passCase(place, lab, image, solution, { attack, withBonus: true }) },
    ...passes.map((script) => ({ name: script.name, run: (place: SandboxPlace, image: string) => passCase(place, lab, image, script, { withBonus: false }) })),
    ...fails.map((script) => ({ name: script.name, run: (place: SandboxPlace, image: string) => failCase(place, lab, image, script) })),
  ];
}

type Outcome = Omit<MatrixRow, 'milliseconds' | 'lab' | 'name'>;

async function startCase(place: SandboxPlace, lab: LabFolder, image: string, attack: LabScript): Promise<Outcome> {
  await using run = await startLabRun(place, lab, image);
  const before = await run.check();
  const attacked = await run.runOnAttacker(attack.content);
  const after = await run.check();
  const problems = [before, after].flatMap((result) => result.tasks.filter((task) => task.passed).map((task) => `task ${task.id} passes at the start state`));
  for (const task of before.tasks.filter((one) => one.state === 'inconclusive'))
    problems.push(`task ${task.id} is inconclusive at the start state: ${explain(task)}`);
  if (!attacked.output.includes(run.parts.flag)) problems.push(`attack.sh does not print the flag; it says: ${attacked.output.trim().slice(-300)}`);
  return outcome(problems, [before, after]);
}

async function passCase(
  place: SandboxPlace,
  lab: LabFolder,
  image: string,
  script: LabScript,
  options: { attack?: LabScript; withBonus: boolean },
): Promise<Outcome> {
  await using run = await startLabRun(place, lab, image);
  const done = await run.runOnDockerHost(script.content);
  const result = await run.checkWhenSettled();
  const problems = result.tasks
    .filter((task) => !task.passed && (options.withBonus || !task.bonus))
    .map((task) => `task ${task.id} does not pass: ${explain(task)}`);
  if (done.exitCode !== 0) problems.push(`the script ends with ${done.exitCode}: ${done.output.trim().slice(-300)}`);
  if (options.attack !== undefined) {
    const attacked = await run.runOnAttacker(options.attack.content);
    if (attacked.output.includes(run.parts.flag)) problems.push('attack.sh still prints the flag');
  }
  return outcome(problems, [result]);
}

async function failCase(place: SandboxPlace, lab: LabFolder, image: string, script: LabScript): Promise<Outcome> {
  await using run = await startLabRun(place, lab, image);
  const done = await run.runOnDockerHost(script.content);
  const result = await run.check();
  const problems = script.expectations.flatMap(({ task, message }) => {
    const verdict = result.tasks.find((one) => one.id === task);
    if (verdict === undefined) return [`there is no task ${task}`];
    if (verdict.passed) return [`task ${task} passes, but must fail with ${message}`];
    return verdict.messageId === message ? [] : [`task ${task} fails with ${explain(verdict)} instead of ${message}`];
  });
  if (script.expectations.length === 0) problems.push('its head names no `# fails: <task> <message>`');
  if (done.exitCode !== 0) problems.push(`the script ends with ${done.exitCode}: ${done.output.trim().slice(-300)}`);
  return outcome(problems, [result]);
}

function outcome(problems: readonly string[], results: readonly CheckResult[]): Outcome {
  return { ok: problems.length === 0, problems, checkMilliseconds: results.map((result) => result.milliseconds) };
}

function explain(task: TaskVerdict): string {
  return `${task.state} ${task.messageId ?? ''} [${task.evidence.join(' | ').slice(0, 400)}]`;
}
