import type { WarmPool } from '#protocol/keeper.ts';
import { measureRoom } from '../host/machine-room.ts';
import { planned, whyNoRoom, type AdmissionLimits } from './admission.ts';
import type { Demand } from './demand.ts';
import type { LabFolder } from './lab-folders.ts';
import type { LabShelf } from './lab-shelf.ts';
import type { SandboxPlace } from './sandbox-parts.ts';
import { shareOutWarm } from './share-out-warm.ts';
import { startableLab, type StartableLab } from './startable-lab.ts';
import type { WarmOrders } from './warm-orders.ts';
import type { WarmSandboxes } from './warm-sandboxes.ts';

export interface WarmSettings extends AdmissionLimits {
  /** Sandboxes that stand ready in all, besides what is ordered. */
  readonly warm: number;
}

/** Memory that must be left over before a sandbox is made that nobody has asked for. */
const spareBytes = 1024 ** 3;

/** Decides which labs have sandboxes ready: those that are asked for, and those that are ordered. */
export function keepWarmPool(
  place: SandboxPlace,
  labs: ReadonlyMap<string, LabFolder>,
  shelf: LabShelf,
  warm: WarmSandboxes,
  memory: { demand: Demand; orders: WarmOrders },
  settings: WarmSettings,
): { fill(mayMake: () => boolean, inUse: () => number): Promise<void>; describe(): WarmPool } {
  const inCourseOrder = [...labs.values()].toSorted((a, b) => a.lab.label.localeCompare(b.lab.label, 'en', { numeric: true })).map(({ id }) => id);
  const wanted = (): Map<string, number> => {
    const startable = inCourseOrder.filter((id) => startableLab(labs, shelf, id) !== undefined);
    return shareOutWarm({ budget: settings.warm, labs: startable, demandOf: (lab) => memory.demand.of(lab), ordered: memory.orders.due() });
  };
  const isRoomFor = async (inUse: number): Promise<boolean> => {
    const room = await measureRoom(place.instance);
    const left = { ...room, memory: room.memory - spareBytes - planned.memoryBytes };
    return whyNoRoom(left, { inUse: inUse + warm.count, starting: 0 }, settings) === undefined;
  };
  return {
    async fill(mayMake, inUse) {
      const imageOf = (id: string): StartableLab | undefined => startableLab(labs, shelf, id);
      const isAllowed = async (): Promise<boolean> => mayMake() && (await isRoomFor(inUse())) && mayMake();
      // What is wanted may change while one is made.
      while (await warm.fill(wanted(), imageOf, isAllowed));
    },
    describe: () => ({ labs: [...wanted()].map(([lab, number]) => ({ lab, wanted: number, ready: warm.readyFor(lab) })), orders: memory.orders.list() }),
  };
}
