// Runs with whatever Node the machine has (18 or later) and nothing installed: installs the dependencies if needed, then runs the given
// program with the project's own Node 24. Usage: node src/start/bootstrap.mjs PROGRAM [ARGUMENT…]
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = join(dirname(fileURLToPath(import.meta.url)), '../..');
const nodeProgram = join(project, 'node_modules/node/bin/node');
const stamp = join(project, 'node_modules/.schott-installed');
const wanted = createHash('sha256')
  .update(readFileSync(join(project, 'package.json')))
  .update(readFileSync(join(project, 'package-lock.json')))
  .digest('hex');

if (!existsSync(nodeProgram) || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  console.error('Installing the dependencies (npm install) …');
  const started = Date.now();
  // `npm ci` refuses a lock file made on Linux without the other systems' optional binaries; `npm install` honours the same lock.
  const install = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: project, stdio: ['ignore', 'ignore', 'inherit'] });
  if (install.status !== 0) {
    console.error('npm install failed; see above. Is the npm registry reachable?');
    process.exit(1);
  }
  if (!existsSync(nodeProgram)) spawnSync('npm', ['rebuild', 'node'], { cwd: project, stdio: ['ignore', 'ignore', 'inherit'] });
  writeFileSync(stamp, wanted);
  console.error(`Dependencies installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

const [program, ...args] = process.argv.slice(2);
const path = `${join(project, 'node_modules/.bin')}:${process.env.PATH ?? ''}:/usr/sbin:/sbin`;
const child = spawn(nodeProgram, [program, ...args], { stdio: 'inherit', env: { ...process.env, PATH: path } });
// The terminal sends Ctrl-C to both; the child decides when it is done.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => signal !== 'SIGINT' && child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
