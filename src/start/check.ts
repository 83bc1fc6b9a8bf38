import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { project } from './options.ts';

interface Step {
  readonly name: string;
  readonly what: string;
  readonly commands: readonly (readonly [string, ...string[]])[];
}

/** Types come first: `astro check` also writes the types of the lessons, which the others read. The programs are in node_modules/.bin. */
const steps: readonly Step[] = [
  { name: 'types', what: 'astro check, tsc', commands: [['astro', 'check', '--minimumSeverity', 'warning'], ['tsc']] },
  { name: 'lint', what: 'oxlint, with the types; who may import whom', commands: [['oxlint', '--deny-warnings', '--report-unused-disable-directives']] },
  { name: 'format', what: 'prettier (npx prettier --write FILE mends it)', commands: [['prettier', '--check', '--log-level', 'warn', '.']] },
  { name: 'unused', what: 'knip: files, exports, dependencies', commands: [['knip', '--treat-config-hints-as-errors']] },
];

const failed: string[] = [];
for (const step of steps) {
  const started = performance.now();
  const complaint = await complaintOf(step);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${complaint === '' ? 'ok    ' : 'FAILED'} ${step.name.padEnd(7)} ${seconds.padStart(5)} s  ${step.what}`);
  if (complaint === '') continue;
  failed.push(step.name);
  console.log(complaint);
}
console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** What the programs of a step printed, of those that failed; empty when none did. */
async function complaintOf(step: Step): Promise<string> {
  const complaints: string[] = [];
  for (const [program, ...args] of step.commands) {
    const { status, output } = await run(program, args);
    if (status !== 0) complaints.push(`${output.trim()}\n(${program} ended with exit status ${status})`);
  }
  return complaints.join('\n');
}

async function run(program: string, args: readonly string[]): Promise<{ status: number; output: string }> {
  const child = spawn(program, args, { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] });
  const status = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
  const [exitStatus, printed, complained] = await Promise.all([status, text(child.stdout), text(child.stderr)]);
  return { status: exitStatus, output: printed + complained };
}
