import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { readAudit } from './audit-dependencies.ts';
import { complaintsAboutLockFile } from './check-lock-file.ts';
import { project } from './options.ts';

interface Outcome {
  /** Empty when nothing is wrong. */
  readonly complaint: string;
  /** Why nothing could be found out. That is no failure, but must be seen. */
  readonly unknown?: string;
}

interface Step {
  readonly name: string;
  readonly what: string;
  readonly look: () => Promise<Outcome>;
}

/** Types come first: `astro check` also writes the types of the lessons, which the others read. The programs are in node_modules/.bin. */
const steps: readonly Step[] = [
  { name: 'types', what: 'astro check, tsc', look: commands(['astro', 'check', '--minimumSeverity', 'warning'], ['tsc']) },
  { name: 'lint', what: 'oxlint, with the types; who may import whom', look: commands(['oxlint', '--deny-warnings', '--report-unused-disable-directives']) },
  { name: 'format', what: 'prettier (npx prettier --write FILE mends it)', look: commands(['prettier', '--check', '--log-level', 'warn', '.']) },
  { name: 'unused', what: 'knip: files, exports, dependencies', look: commands(['knip', '--treat-config-hints-as-errors']) },
  { name: 'lock', what: 'package-lock.json: a hash for each package, exact versions', look: checkLockFile },
  { name: 'audit', what: 'npm audit: known vulnerabilities, high or critical, in what runs the course', look: auditDependencies },
];

const failed: string[] = [];
const unknown: string[] = [];
for (const step of steps) {
  const started = performance.now();
  const outcome = await step.look();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const word = outcome.complaint !== '' ? 'FAILED ' : outcome.unknown === undefined ? 'ok     ' : 'UNKNOWN';
  console.log(`${word} ${step.name.padEnd(7)} ${seconds.padStart(5)} s  ${step.what}`);
  if (outcome.unknown !== undefined) {
    unknown.push(step.name);
    console.log(outcome.unknown);
  }
  if (outcome.complaint === '') continue;
  failed.push(step.name);
  console.log(outcome.complaint);
}
const reservation = unknown.length === 0 ? '' : ` Not possible here: ${unknown.join(', ')}.`;
console.log((failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`) + reservation);
process.exitCode = failed.length === 0 ? 0 : 1;

/** A step of programs; it complains with what those print that fail. */
function commands(...lines: readonly (readonly [string, ...string[]])[]): () => Promise<Outcome> {
  return async () => {
    const complaints: string[] = [];
    for (const [program, ...args] of lines) {
      const { status, output } = await run(program, args);
      if (status !== 0) complaints.push(`${output.trim()}\n(${program} ended with exit status ${status})`);
    }
    return { complaint: complaints.join('\n') };
  };
}

async function checkLockFile(): Promise<Outcome> {
  const [lock = '', own = ''] = await Promise.all(['package-lock.json', 'package.json'].map((file) => readFile(join(project, file), 'utf8')));
  return { complaint: complaintsAboutLockFile(lock, own).join('\n') };
}

/** Works where the registry answers; elsewhere it says so, for a check must also work without internet. */
async function auditDependencies(): Promise<Outcome> {
  const { output } = await run('npm', ['audit', '--omit=dev', '--audit-level=high', '--json', '--fetch-retries=0', '--fetch-timeout=20000']);
  const result = readAudit(output);
  if (result.state === 'impossible') return { complaint: '', unknown: `The registry was not asked, or has no audit: ${result.reason}` };
  return { complaint: result.state === 'vulnerable' ? result.packages.join('\n') : '' };
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
