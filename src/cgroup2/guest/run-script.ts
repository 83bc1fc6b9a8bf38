import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { installation } from './installation.ts';
import type { OnLine } from './step.ts';

/** Runs a script of package.json as `npm run NAME -- ARGUMENT…` does (the virtual machine has no npm). Gives its exit status. */
export async function runScript(name: string, args: readonly string[], onLine: OnLine): Promise<number | null> {
  const { scripts } = JSON.parse(await readFile(join(installation, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  return runShell(`${scripts[name]} "$@"`, args, onLine);
}

/** Runs a line of shell in the project's folder; what it prints goes to `onLine`. Gives its exit status; null when a signal has ended it. */
export async function runShell(line: string, args: readonly string[], onLine: OnLine): Promise<number | null> {
  const child = spawn('sh', ['-c', `exec 2>&1; export NO_COLOR=1 LC_ALL=C.UTF-8; ${line}`, 'sh', ...args], {
    cwd: installation,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  createInterface({ input: child.stdout }).on('line', onLine);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}
