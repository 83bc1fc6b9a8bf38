import type { Evidence } from '#lab';
import { caughtRuntime } from './caught-runtime.ts';
import { editionOf, readFacts } from './facts.ts';
import { describePackage, installedPackage } from './installed-package.ts';
import type { Tools } from './shop.ts';

/** New containers are started by a newer runc, and it came as a package, so that the next update finds it. */
export async function checkRuntime(tools: Tools): Promise<Evidence> {
  const facts = await readFacts(tools.sandbox);
  const hash = await caughtRuntime(tools);
  const caught = `what started a container just now has the SHA-256 ${hash}`;
  if (hash === facts.oldHash) throw tools.notYet('old-runtime', [caught, 'that is the runc of the start']);
  const running = editionOf(facts, { hash });
  if (running === undefined) throw tools.notYet('foreign-runtime', [caught, `in the repository: ${facts.released.version}, SHA-256 ${facts.released.hash}`]);
  const installed = await installedPackage(tools.sandbox);
  if (installed.version !== running.version || installed.hash !== running.hash)
    throw tools.notYet('not-a-package', [caught, `that is runc ${running.version}`, describePackage(installed)]);
  return [caught, `that is runc ${running.version} of the repository`, describePackage(installed)];
}
