import type { Instance } from '../host/instance.ts';
import { containersOnMachine, endStrayContainer } from '../host/stray-containers.ts';

/** Ends containers of which the engine does not know any more. */
export interface StrayReaper {
  /** To be called every few seconds with the ids of all containers the engine knows. Who is unknown at two looks in a row is ended. */
  look(known: readonly string[]): Promise<void>;
}

export function createStrayReaper(instance: Instance): StrayReaper {
  let suspects = new Set<string>();
  return {
    async look(known) {
      const unknown = new Set([...(await containersOnMachine(instance)).keys()].filter((id) => !known.includes(id)));
      // One that is being made or removed at this moment may be unknown once.
      for (const id of unknown) if (suspects.has(id)) await endStrayContainer(instance, id);
      suspects = unknown;
    },
  };
}
