import { setTimeout as sleep } from 'node:timers/promises';
import type { LabAvailability } from '#protocol/api.ts';
import type { Capabilities } from '#protocol/keeper.ts';
import type { Need, Text } from '#lab';
import { meets } from '../host/capabilities.ts';
import type { Engine } from '../engine/connection.ts';
import { removeOtherImages } from '../engine/images.ts';
import { removeUnusedPrograms } from '../engine/shared-programs.ts';
import { baseImageName } from '../images/base-image.ts';
import { prepareLabImage } from '../images/lab-images.ts';
import type { LabFolder } from './lab-folders.ts';

/** Which labs can be started, and from which image. Bakes what is missing, one lab after the other, in the background. */
export interface LabShelf {
  availability(id: string): LabAvailability | undefined;
  all(): Record<string, LabAvailability>;
  /** The image of a lab that is ready. */
  imageOf(id: string): string | undefined;
  /** Resolves when every lab is ready or has failed. */
  readonly done: Promise<void>;
}

const needNames: Record<Need, Text> = {
  memory: { de: 'Speicherlimits (cgroup memory)', en: 'memory limits (cgroup memory)' },
  cpu: { de: 'CPU-Limits (cgroup cpu)', en: 'CPU limits (cgroup cpu)' },
  pids: { de: 'Prozesslimits (cgroup pids)', en: 'process limits (cgroup pids)' },
  disk: { de: 'Plattenquoten (btrfs)', en: 'disk quotas (btrfs)' },
  apparmor: { de: 'AppArmor im Kernel', en: 'AppArmor in the kernel' },
  selinux: { de: 'SELinux im Kernel', en: 'SELinux in the kernel' },
};

/** `offered`: ids of the labs that this course offers; undefined for all. */
export function stockLabs(
  engine: Engine,
  { labs, offered }: { labs: ReadonlyMap<string, LabFolder>; offered: readonly string[] | undefined },
  capabilities: Capabilities,
  onReady: (id: string) => void,
): LabShelf {
  const states = new Map<string, LabAvailability>();
  const images = new Map<string, string>();
  const waiting: Text = { de: 'wartet, bis es an der Reihe ist', en: 'waiting for its turn' };
  for (const { id, lab } of labs.values()) {
    const missing = lab.needs.filter((need) => !meets(capabilities, need));
    if (offered !== undefined && !offered.includes(id)) {
      states.set(id, { state: 'unavailable', reason: notOffered });
      continue;
    }
    states.set(id, missing.length === 0 ? { state: 'preparing', percent: 0, step: waiting } : { state: 'unavailable', reason: lacking(missing) });
  }
  const stock = async (): Promise<void> => {
    for (const lab of labs.values()) {
      if (states.get(lab.id)?.state !== 'preparing') continue;
      const onProgress = (step: Text, fraction: number): void => {
        states.set(lab.id, { state: 'preparing', percent: Math.round(fraction * 100), step });
      };
      try {
        images.set(lab.id, await prepareTwice(engine, lab, onProgress));
        states.set(lab.id, { state: 'ready' });
        onReady(lab.id);
      } catch (error) {
        console.error(`Cannot prepare lab ${lab.id}:`, error);
        states.set(lab.id, { state: 'unavailable', reason: brokenBake });
      }
    }
    // Those of labs that are only not offered now are kept.
    if (offered !== undefined) return;
    await removeOtherImages(engine, new Set([await baseImageName(), ...images.values()]))
      .then(() => removeUnusedPrograms(engine))
      .catch((error: unknown) => console.error('Cannot remove old images:', error));
  };
  return {
    availability: (id) => states.get(id),
    all: () => Object.fromEntries(states),
    imageOf: (id) => images.get(id),
    done: stock(),
  };
}

const engineLimitMs = 120_000;

/** An engine that died meanwhile takes the bake with it. Housekeeping starts it again, and then the lab is prepared anew. */
async function prepareTwice(engine: Engine, lab: LabFolder, onProgress: (step: Text, fraction: number) => void): Promise<string> {
  try {
    return await prepareLabImage(engine, lab, onProgress);
  } catch (error) {
    console.error(`Lab ${lab.id} could not be prepared, trying once more:`, error);
    const answers = (): Promise<boolean> =>
      engine.ping().then(
        () => true,
        () => false,
      );
    for (const deadline = Date.now() + engineLimitMs; Date.now() < deadline && !(await answers());) await sleep(500);
    return prepareLabImage(engine, lab, onProgress);
  }
}

const notOffered: Text = { de: 'Dieser Kurs bietet das Labor im Moment nicht an.', en: 'This course does not offer the lab at the moment.' };

const brokenBake: Text = {
  de: 'Das Labor konnte auf dieser Maschine nicht vorbereitet werden; im Protokoll des Keepers steht, warum.',
  en: "The lab could not be prepared on this machine; the keeper's log says why.",
};

function lacking(needs: readonly Need[]): Text {
  const list = (language: keyof Text): string => needs.map((need) => needNames[need][language]).join(', ');
  return { de: `Diese Maschine bietet nicht, was das Labor braucht: ${list('de')}.`, en: `This machine lacks what the lab needs: ${list('en')}.` };
}
