import type { LabFolder } from './lab-folders.ts';
import { warmUp } from './warm-up.ts';
import { createSandbox, newSandboxId, removeSandbox, type SandboxParts, type SandboxPlace } from './sandbox-parts.ts';

/** Sandboxes that are ready before anybody asks, so that a learner has a prompt in a blink. */
export interface WarmSandboxes {
  /** A ready sandbox of a lab, which is then the caller's. */
  take(lab: string): SandboxParts | undefined;
  /** Makes missing ones, one after the other, as long as `mayMake` agrees. */
  fill(labs: Iterable<{ lab: LabFolder; image: string }>, mayMake: () => boolean): Promise<void>;
  /** Removes one of any lab, to make room. */
  giveUpOne(): Promise<void>;
  /** Removes those of which a container is not among the running. */
  removeDead(running: ReadonlySet<string>): Promise<void>;
  removeAll(): Promise<void>;
  /** Ids of all, those that are being made included. */
  ids(): Set<string>;
  readonly count: number;
}

export function keepWarm(place: SandboxPlace, wantedPerLab: number): WarmSandboxes {
  // One flat list, changed in place only: whoever waits for a sandbox in the making never holds a stale copy.
  const ready: SandboxParts[] = [];
  const making = new Set<string>();
  let isClosed = false;

  const takeOut = (index: number): SandboxParts | undefined => (index < 0 ? undefined : ready.splice(index, 1)[0]);
  const remove = async (parts: SandboxParts | undefined): Promise<void> => {
    if (parts === undefined) return;
    await parts.close();
    await removeSandbox(place, parts.id);
  };
  const make = async (lab: LabFolder, image: string): Promise<void> => {
    const id = newSandboxId();
    making.add(id);
    try {
      const parts = await createSandbox(place, lab, image, id);
      await warmUp(place.instance, parts).catch((error: unknown) => console.error(`Cannot warm up sandbox ${id}:`, error));
      if (isClosed) await remove(parts);
      else ready.push(parts);
    } finally {
      making.delete(id);
    }
  };

  return {
    take: (lab) => takeOut(ready.findIndex((parts) => parts.lab === lab)),
    async fill(labs, mayMake) {
      for (const { lab, image } of labs) {
        while (!isClosed && mayMake() && ready.filter((parts) => parts.lab === lab.id).length < wantedPerLab) await make(lab, image);
      }
    },
    giveUpOne: () => remove(takeOut(0)),
    async removeDead(running) {
      const isDead = (parts: SandboxParts): boolean => !(running.has(parts.dockerHost.id) && running.has(parts.attacker.id));
      for (let index = ready.findIndex(isDead); index >= 0; index = ready.findIndex(isDead)) await remove(takeOut(index));
    },
    async removeAll() {
      isClosed = true;
      await Promise.all(ready.splice(0).map(remove));
    },
    ids: () => new Set([...making, ...ready.map((parts) => parts.id)]),
    get count() {
      return ready.length + making.size;
    },
  };
}
