import type { LabFolder } from './lab-folders.ts';
import { launchOnce } from './launch-sandbox.ts';
import { warmUp } from './warm-up.ts';
import { createSandbox, newSandboxId, removeSandbox, type SandboxParts, type SandboxPlace } from './sandbox-parts.ts';

/** Sandboxes that are ready before anybody asks, so that a learner has a prompt in a blink. */
export interface WarmSandboxes {
  /** A ready sandbox of a lab, awake, which is then the caller's. */
  take(lab: string): SandboxParts | undefined;
  /**
   * Makes one sandbox that is missing of `wanted`, the most wanted lab first, if `mayMake` agrees; when none is missing, gives up one that is too
   * much. `imageOf` gives what a lab's is made from. False: there is nothing to make.
   */
  fill(wanted: ReadonlyMap<string, number>, imageOf: (lab: string) => LabImage | undefined, mayMake: () => Promise<boolean>): Promise<boolean>;
  /** Removes one, of the lab that is wanted least, to make room. */
  giveUpOne(): Promise<void>;
  /** Removes those of which a container is not among the running. */
  removeDead(running: ReadonlySet<string>): Promise<void>;
  removeAll(): Promise<void>;
  /** Ids of all, those that are being made included. */
  ids(): Set<string>;
  /** Those that stand ready. */
  ready(): readonly SandboxParts[];
  /** How many stand ready for a lab. */
  readyFor(lab: string): number;
  /** All, those that are being made included. */
  readonly count: number;
  readonly making: number;
}

interface LabImage {
  readonly lab: LabFolder;
  readonly image: string;
}

/** A lab of which none could be made is left alone for so long. */
const retryMs = 60_000;

export function keepWarm(place: SandboxPlace, launchLimitMs: number): WarmSandboxes {
  // One flat list, changed in place only: whoever waits for a sandbox in the making never holds a stale copy.
  const ready: SandboxParts[] = [];
  const making = new Set<string>();
  const failedAt = new Map<string, number>();
  let lastWanted: ReadonlyMap<string, number> = new Map();
  let isClosed = false;

  const readyFor = (lab: string): number => ready.filter((parts) => parts.lab === lab).length;
  const takeOut = (index: number): SandboxParts | undefined => (index < 0 ? undefined : ready.splice(index, 1)[0]);
  const takeSurplus = (): SandboxParts | undefined => takeOut(ready.findIndex(({ lab }) => readyFor(lab) > (lastWanted.get(lab) ?? 0)));
  const remove = async (parts: SandboxParts | undefined): Promise<void> => {
    if (parts === undefined) return;
    await parts.close();
    await removeSandbox(place, parts.id);
  };
  const make = async ({ lab, image }: LabImage): Promise<void> => {
    const id = newSandboxId();
    making.add(id);
    try {
      const launch = { create: (signal: AbortSignal) => createSandbox(place, lab, image, id, signal), remove: () => removeSandbox(place, id) };
      const parts = await launchOnce(launch, launchLimitMs);
      await warmUp(place.instance, parts).catch((error: unknown) => console.error(`Cannot warm up sandbox ${id}:`, error));
      if (isClosed) await remove(parts);
      else ready.push(parts);
    } catch (error) {
      failedAt.set(lab.id, Date.now());
      console.error(`Cannot keep a sandbox of ${lab.id} ready:`, error);
    } finally {
      making.delete(id);
    }
  };
  const isLacking = (lab: string): boolean =>
    readyFor(lab) < (lastWanted.get(lab) ?? 0) && Date.now() - (failedAt.get(lab) ?? Number.NEGATIVE_INFINITY) > retryMs;

  return {
    take(lab) {
      const parts = takeOut(ready.findIndex((one) => one.lab === lab));
      parts?.rest.touch();
      return parts;
    },
    async fill(wanted, imageOf, mayMake) {
      lastWanted = wanted;
      for (const lab of wanted.keys()) {
        const source = imageOf(lab);
        if (source === undefined || !isLacking(lab)) continue;
        if (isClosed || !(await mayMake())) return false;
        await remove(takeSurplus());
        await make(source);
        return true;
      }
      if (!isClosed) await remove(takeSurplus());
      return false;
    },
    giveUpOne() {
      const byWorth = [...lastWanted.keys()];
      const least = ready.map(({ lab }) => byWorth.indexOf(lab)).reduce((most, rank, index, ranks) => (rank > (ranks[most] ?? -1) ? index : most), 0);
      return remove(takeSurplus() ?? takeOut(ready.length === 0 ? -1 : least));
    },
    async removeDead(running) {
      const suspects = ready.filter((parts) => !(running.has(parts.dockerHost.id) && running.has(parts.attacker.id)));
      for (const parts of suspects) if (await parts.hasEnded()) await remove(takeOut(ready.indexOf(parts)));
    },
    async removeAll() {
      isClosed = true;
      await Promise.all(ready.splice(0).map(remove));
    },
    ids: () => new Set([...making, ...ready.map((parts) => parts.id)]),
    ready: () => ready,
    readyFor,
    get count() {
      return ready.length + making.size;
    },
    get making() {
      return making.size;
    },
  };
}
