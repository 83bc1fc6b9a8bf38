import { canInstallPackages, installPackages, missingPackages } from '#sandbox/host/packages.ts';
import { buildSite } from './build-site.ts';

/** What a command that starts a course of its own needs before: root, the Debian packages, the site. `command` is what the user typed; throws when it cannot be had. */
export async function makeReady(command: string, say: (line: string) => void): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error(`${command} starts sandboxes, so it needs root: sudo ${command}`);
  const missing = await missingPackages();
  if (missing.length > 0) {
    if (!(await canInstallPackages())) throw new Error(`These Debian packages are missing: ${missing.join(' ')}`);
    say(`installing ${missing.join(' ')}`);
    await installPackages(missing, () => undefined);
  }
  if (await buildSite(() => undefined)) say('site built');
}
