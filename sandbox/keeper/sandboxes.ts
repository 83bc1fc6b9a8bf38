import { EventEmitter } from 'node:events';
import type { Text } from '#lab';
import type { KeeperEvent, Sandbox } from '#protocol/keeper.ts';
import type { Claims } from './claims.ts';
import { failures } from './keeper-failure.ts';
import type { LabFolder } from './lab-folders.ts';
import type { LabShelf } from './lab-shelf.ts';
import { sandboxOwners } from './reaper.ts';
import { keepWarm } from './warm-sandboxes.ts';
import { createSandbox, findSandbox, newSandboxId, removeSandbox, type SandboxParts, type SandboxPlace } from './sandbox-parts.ts';

interface Entry {
  readonly id: string;
  readonly lab: string;
  state: 'starting' | 'ready' | 'failed';
  expiresAt: Date;
  parts: SandboxParts | undefined;
  reason?: Text;
}

/** All sandboxes of the keeper: those that belong to sessions, and a few ready ones for each lab. */
export interface Sandboxes {
  /** Gives a sandbox of a lab: a ready one when there is one, else one that is starting. Throws KeeperFailure. */
  start(lab: string, expiresAt: Date): Promise<Sandbox>;
  list(): Sandbox[];
  get(id: string): Sandbox | undefined;
  /** The parts of a ready sandbox. Throws KeeperFailure when it is unknown or still starting. */
  parts(id: string): SandboxParts;
  setDeadline(id: string, expiresAt: Date): Promise<Sandbox>;
  remove(id: string, cause: 'deleted' | 'expired' | 'died'): Promise<void>;
  /** Follows one sandbox; call the result to stop. */
  follow(id: string, listener: (event: KeeperEvent) => void): () => void;
  /** Finds the sandboxes of sessions again after a restart, and removes everything else of ours. */
  recover(): Promise<void>;
  /** Makes the ready ones up to the wanted number. */
  refill(): Promise<void>;
  removeExpired(now: Date): Promise<void>;
  /** Containers that are gone although nobody asked: their sandboxes are ended. */
  noticeDead(running: ReadonlySet<string>): Promise<void>;
  /** Removes sandboxes of ours that nobody knows of, e.g. because their removal failed half-way. */
  removeUnknown(): Promise<void>;
  removeAll(): Promise<void>;
  readonly count: number;
}

const failureText: Text = {
  de: 'Der Docker-Host ließ sich nicht starten. Versuche es noch einmal; bleibt es dabei, sag es der Kursleitung.',
  en: 'The Docker host could not be started. Try again; if it stays like this, tell whoever runs the course.',
};

export function keepSandboxes(
  place: SandboxPlace,
  labs: ReadonlyMap<string, LabFolder>,
  shelf: LabShelf,
  claims: Claims,
  settings: { capacity: number; warmPerLab: number },
): Sandboxes {
  const entries = new Map<string, Entry>();
  const warm = keepWarm(place, settings.warmPerLab);
  const launches = new Set<Promise<void>>();
  const ending = new Set<string>();
  const events = new EventEmitter().setMaxListeners(0);
  let warming: Promise<void> | undefined;
  let removing: Promise<void> = Promise.resolve();

  const emit = (id: string, event: KeeperEvent): void => void events.emit(id, event);

  async function launch(lab: LabFolder, image: string, entry: Entry): Promise<void> {
    try {
      if (entries.size + warm.count > settings.capacity) await warm.giveUpOne();
      const parts = await createSandbox(place, lab, image, entry.id);
      if (entries.has(entry.id)) {
        entry.parts = parts;
        entry.state = 'ready';
      } else {
        await parts.close();
        await removeSandbox(place, entry.id);
      }
    } catch (error) {
      console.error(`Cannot start sandbox ${entry.id} of ${entry.lab}:`, error);
      entry.state = 'failed';
      entry.reason = failureText;
    }
    if (entries.has(entry.id)) emit(entry.id, { type: 'sandbox', sandbox: present(entry) });
  }

  function launchInBackground(lab: LabFolder, image: string, entry: Entry): void {
    const launching = launch(lab, image, entry).finally(() => launches.delete(launching));
    launches.add(launching);
  }

  /** Takes up a session's sandbox again; false when it belongs to none or is no longer whole. */
  async function adopt(id: string): Promise<boolean> {
    const deadline = claims.deadlineOf(id);
    if (deadline === undefined || deadline.getTime() < Date.now()) return false;
    const parts = await findSandbox(place, id);
    if (parts !== undefined) entries.set(id, { id, lab: parts.lab, state: 'ready', expiresAt: deadline, parts });
    return parts !== undefined;
  }

  async function removeUnclaimed(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      await removeSandbox(place, id);
      await claims.delete(id);
    }
  }

  function* bakedLabs(): Iterable<{ lab: LabFolder; image: string }> {
    for (const lab of labs.values()) {
      const image = shelf.imageOf(lab.id);
      if (image !== undefined) yield { lab, image };
    }
  }

  const self: Sandboxes = {
    async start(labId, expiresAt) {
      const lab = labs.get(labId);
      const availability = shelf.availability(labId);
      if (lab === undefined || availability === undefined) throw failures.unknownLab();
      if (availability.state === 'preparing') throw failures.labPreparing(availability.percent);
      const image = shelf.imageOf(labId);
      if (availability.state === 'unavailable' || image === undefined)
        throw failures.labUnavailable(availability.state === 'unavailable' ? availability.reason : failureText);
      if (entries.size >= settings.capacity) throw failures.noRoom(settings.capacity);
      const ready = warm.take(labId);
      const entry: Entry = { id: ready?.id ?? newSandboxId(), lab: labId, state: ready === undefined ? 'starting' : 'ready', expiresAt, parts: ready };
      entries.set(entry.id, entry);
      await claims.set(entry.id, expiresAt);
      if (ready === undefined) launchInBackground(lab, image, entry);
      void self.refill();
      return present(entry);
    },
    list: () => [...entries.values()].map(present),
    get: (id) => {
      const entry = entries.get(id);
      return entry === undefined ? undefined : present(entry);
    },
    parts(id) {
      const entry = entries.get(id);
      if (entry === undefined) throw failures.unknownSandbox();
      if (entry.parts === undefined) throw failures.notReady();
      return entry.parts;
    },
    async setDeadline(id, expiresAt) {
      const entry = entries.get(id);
      if (entry === undefined) throw failures.unknownSandbox();
      entry.expiresAt = expiresAt;
      await claims.set(id, expiresAt);
      emit(id, { type: 'sandbox', sandbox: present(entry) });
      return present(entry);
    },
    async remove(id, cause) {
      const entry = entries.get(id);
      if (entry === undefined) return;
      entries.delete(id);
      emit(id, { type: 'gone', cause });
      ending.add(id);
      try {
        await entry.parts?.close();
        // One that is still starting is removed by whoever starts it.
        if (entry.state !== 'starting') await removeSandbox(place, id);
        await claims.delete(id);
      } finally {
        ending.delete(id);
      }
    },
    follow(id, listener) {
      events.on(id, listener);
      return () => void events.off(id, listener);
    },
    async recover() {
      const owned = [...(await sandboxOwners(place.engine))].filter(([, owner]) => owner === place.owner).map(([id]) => id);
      const isAdopted = await Promise.all(owned.map(adopt));
      // Learners wait for their shells, so the rest is removed when they have them.
      const unclaimed = owned.filter((_, index) => !isAdopted[index]);
      removing = removeUnclaimed(unclaimed).catch((error: unknown) => console.error('Cannot remove what is left of the last run:', error));
    },
    refill() {
      warming ??= removing
        .then(() => warm.fill(bakedLabs(), () => launches.size === 0 && entries.size + warm.count < settings.capacity))
        .catch((error: unknown) => console.error('Cannot keep sandboxes ready:', error))
        .finally(() => (warming = undefined));
      return warming;
    },
    async removeExpired(now) {
      const expired = [...entries.values()].filter((entry) => entry.expiresAt.getTime() <= now.getTime());
      await Promise.all(expired.map((entry) => self.remove(entry.id, 'expired')));
    },
    async noticeDead(running) {
      const dead = [...entries.values()].filter(
        (entry) => entry.parts !== undefined && !(running.has(entry.parts.dockerHost.id) && running.has(entry.parts.attacker.id)),
      );
      await Promise.all(dead.map((entry) => self.remove(entry.id, 'died')));
      await warm.removeDead(running);
    },
    async removeUnknown() {
      const known = warm.ids();
      const unknown = [...(await sandboxOwners(place.engine))].filter(([id, owner]) => owner === place.owner && !known.has(id) && !entries.has(id));
      // Whoever is being started or ended this moment is still known; what is left belongs to nobody.
      const own = new Set([...warm.ids(), ...entries.keys(), ...ending]);
      for (const [id] of unknown) if (!own.has(id)) await removeSandbox(place, id);
    },
    async removeAll() {
      await warm.removeAll();
      await removing;
      await Promise.all([...entries.keys()].map((id) => self.remove(id, 'deleted')));
      await Promise.all([warming, ...launches]);
    },
    get count() {
      return entries.size;
    },
  };
  return self;
}

function present(entry: Entry): Sandbox {
  return {
    id: entry.id,
    lab: entry.lab,
    state: entry.state,
    expiresAt: entry.expiresAt.toISOString(),
    ...(entry.reason === undefined ? {} : { reason: entry.reason }),
  };
}
