import { access } from 'node:fs/promises';
import type { Text } from '#lab';
import { instanceIn } from '../host/instance.ts';
import { canInstallPackages, installPackages, missingPackages } from '../host/packages.ts';
import { prepareLabImage } from '../images/lab-images.ts';
import { leaseEngine } from '../keeper/engine-lease.ts';
import { keeperSecret } from '../keeper/flag.ts';
import type { LabFolder } from '../keeper/lab-folders.ts';
import { reapOrphans } from '../keeper/reaper.ts';
import { connectPlace, type SandboxPlace } from '../keeper/sandbox-parts.ts';

/** An engine for the length of a command, with what is needed to start sandboxes on it. */
export interface Workbench extends AsyncDisposable {
  readonly place: SandboxPlace;
  /** Bakes the lab's image if need be and gives its name. */
  imageOf(lab: LabFolder): Promise<string>;
}

/** Brings the engine up, installing what is missing. Says on standard error what takes time. */
export async function openWorkbench(dataDirectory: string): Promise<Workbench> {
  if (process.getuid?.() !== 0) throw new Error('Cannot start sandboxes: this needs root (user namespaces, loop device, network namespace)');
  const missing = await missingPackages();
  if (missing.length > 0) {
    if (!(await canInstallPackages())) throw new Error(`Cannot start sandboxes: these Debian packages are missing: ${missing.join(' ')}`);
    console.error(`installing ${missing.join(' ')} …`);
    await installPackages(missing, () => undefined);
  }
  await access('/sys/fs/cgroup');
  const instance = instanceIn(dataDirectory);
  const lease = await leaseEngine(instance);
  try {
    const place = connectPlace(instance, await keeperSecret(instance.keeperDirectory), `cli:${process.pid}`);
    await reapOrphans(place);
    return {
      place,
      imageOf: (lab) => prepareLabImage(place.engine, lab, sayOncePerStep(lab.id)),
      [Symbol.asyncDispose]: () => lease[Symbol.asyncDispose](),
    };
  } catch (error) {
    await lease[Symbol.asyncDispose]();
    throw error;
  }
}

function sayOncePerStep(labId: string): (step: Text, fraction: number) => void {
  let saidAt = 0;
  return (step, fraction) => {
    if (Date.now() - saidAt < 5000) return;
    saidAt = Date.now();
    console.error(`${labId}: being prepared, ${Math.round(fraction * 100)} % (${step.en})`);
  };
}
