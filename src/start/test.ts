import { spawn } from 'node:child_process';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { canInstallPackages, installPackages } from '#sandbox/host/packages.ts';
import { buildSite } from './build-site.ts';
import { project } from './options.ts';
import { makeReady } from './readiness.ts';
import { say, sayInPlace } from './say.ts';

const report = z.object({ numPassedTests: z.number(), numFailedTests: z.number(), numPendingTests: z.number(), success: z.boolean() });

process.exitCode = await main();

/** Sets everything up, runs the tests (further arguments go to Vitest), and ends with one line that counts. */
async function main(): Promise<number> {
  const obstacle = await makeReady();
  if (obstacle !== undefined) {
    console.error(`The tests start real sandboxes, which this machine cannot: ${obstacle.en}`);
    return 1;
  }
  await ensureChromium();
  const show = sayInPlace('site');
  const wasBuilt = await buildSite(show);
  show.end();
  say('site', wasBuilt ? 'built' : 'is up to date');
  const folder = await mkdtemp(join(tmpdir(), 'schott-test-'));
  try {
    const outputFile = join(folder, 'report.json');
    const reporters = ['default', 'json', './sandbox/breakout/report.ts'].map((name) => `--reporter=${name}`);
    const status = await runVitest(['run', ...reporters, `--outputFile.json=${outputFile}`, ...process.argv.slice(2)]);
    const counts = report.parse(JSON.parse(await readFile(outputFile, 'utf8')));
    const skipped = counts.numPendingTests > 0 ? `, ${counts.numPendingTests} skipped` : '';
    console.log(`${counts.numPassedTests} passed, ${counts.numFailedTests} failed${skipped}`);
    return status === 0 && counts.success ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function ensureChromium(): Promise<void> {
  if (
    await access('/usr/bin/chromium').then(
      () => true,
      () => false,
    )
  )
    return;
  if (!(await canInstallPackages())) throw new Error('The tests drive a real browser: install Chromium as /usr/bin/chromium');
  say('packages', 'installing chromium');
  const show = sayInPlace('packages');
  await installPackages(['chromium'], show);
  show.end();
}

function runVitest(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [join(project, 'node_modules/vitest/vitest.mjs'), ...args], { cwd: project, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}
