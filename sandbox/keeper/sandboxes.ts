import { EventEmitter } from 'node:events';
import type { Text } from '#lab';
import type { KeeperEvent, Sandbox, WarmOrder, WarmPool } from '#protocol/keeper.ts';
import { whenEngineAnswers } from '../host/engine-process.ts';
import { measureRoom } from '../host/machine-room.ts';
import { whyNoRoom } from './admission.ts';
import type { Claims } from './claims.ts';
import type { Demand } from './demand.ts';
import { failures } from './keeper-failure.ts';
import type { LabFolder } from './lab-folders.ts';
import type { LabShelf } from './lab-shelf.ts';
import { launchSandbox } from './launch-sandbox.ts';
import { sandboxOwners } from './reaper.ts';
import { needStartableLab, whenStartable, type StartableLab } from './startable-lab.ts';
import { takeStock } from './take-stock.ts';
import type { WarmOrders } from './warm-orders.ts';
import { keepWarmPool, type WarmSettings } from './warm-pool.ts';
import { keepWarm } from './warm-sandboxes.ts';
import { createSandbox, newSandboxId, removeSandbox, type SandboxParts, type SandboxPlace } from './sandbox-parts.ts';

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
  /**
   * Gives a sandbox of a lab: a ready one when there is one, else, unless `onlyReady`, one that is starting. Throws KeeperFailure, also when there is
   * no room.
   */
  start(lab: string, expiresAt: Date, onlyReady?: boolean): Promise<Sandbox>;
  list(): Sandbox[];
  get(id: string): Sandbox | undefined;
  /** The parts of a ready sandbox, and wakes it. Throws KeeperFailure when it is unknown or still starting. */
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
  /** The parts of those that sessions use, and of those that stand ready. Wakes none. */
  allParts(): { inUse: readonly SandboxParts[]; warm: readonly SandboxParts[] };
  orderWarm(order: WarmOrder): Promise<void>;
  warmPool(): WarmPool;
  readonly count: number;
  readonly warmCount: number;
}

export interface SandboxSettings extends WarmSettings {
  /** A sandbox that is not ready by then is given up. */
  readonly launchLimitMs: number;
}

/** What the keeper remembers over a restart. */
export interface KeeperMemory {
  readonly claims: Claims;
  readonly demand: Demand;
  readonly orders: WarmOrders;
}

/** After somebody was turned away, room is left to those who wait; the server asks again every second. */
const waitingMs = 5000;

const failureText: Text = {
  de: 'Der Docker-Host ließ sich nicht starten. Versuche es noch einmal; bleibt es dabei, sag es der Kursleitung.',
  en: 'The Docker host could not be started. Try again; if it stays like this, tell whoever runs the course.',
};

export function keepSandboxes(
  place: SandboxPlace,
  labs: ReadonlyMap<string, LabFolder>,
  shelf: LabShelf,
  { claims, demand, orders }: KeeperMemory,
  settings: SandboxSettings,
): Sandboxes {
  const entries = new Map<string, Entry>();
  const warm = keepWarm(place, settings.launchLimitMs);
  const pool = keepWarmPool(place, labs, shelf, warm, { demand, orders }, settings);
  const launches = new Set<Promise<void>>();
  const ending = new Set<string>();
  const events = new EventEmitter().setMaxListeners(0);
  let reserved = 0;
  let turnedAwayAt = Number.NEGATIVE_INFINITY;
  let warming: Promise<void> | undefined;
  let removing: Promise<void> = Promise.resolve();

  const emit = (id: string, event: KeeperEvent): void => void events.emit(id, event);

  /** `mayBeThere`: something of it, left from an earlier try. */
  async function launch(entry: Entry, source: () => StartableLab | Promise<StartableLab>, mayBeThere: boolean): Promise<void> {
    try {
      const { lab, image } = await source();
      if (entries.size + warm.count > settings.capacity) await warm.giveUpOne();
      const work = {
        async create(signal: AbortSignal) {
          await whenEngineAnswers(place.instance, signal);
          if (mayBeThere) await removeSandbox(place, entry.id);
          mayBeThere = true;
          return createSandbox(place, lab, image, entry.id, signal);
        },
        remove: () => removeSandbox(place, entry.id),
      };
      const parts = await launchSandbox(work, settings.launchLimitMs, () => entries.has(entry.id));
      if (entries.has(entry.id)) await claims.set(entry.id, { ...entry, isReady: true });
      if (entries.has(entry.id)) {
        entry.parts = parts;
        entry.state = 'ready';
      } else {
        await claims.delete(entry.id);
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

  function launchInBackground(entry: Entry, source: () => StartableLab | Promise<StartableLab>, mayBeThere = false): void {
    const launching = launch(entry, source, mayBeThere).finally(() => launches.delete(launching));
    launches.add(launching);
  }

  /** Throws when no sandbox can be made now. Those that stand ready make room, one at a time; whoever asks again finds it. */
  async function needRoom(): Promise<void> {
    const starting = launches.size + reserved - 1;
    const why = whyNoRoom(await measureRoom(place.instance), { inUse: entries.size, starting }, settings);
    if (why === undefined) return;
    turnedAwayAt = Date.now();
    if (why.code === 'no-room') warm.giveUpOne().catch((error: unknown) => console.error('Cannot make room:', error));
    throw why;
  }

  /** May a sandbox be made that nobody has asked for? Learners come first. */
  const isQuiet = (): boolean => launches.size + reserved === 0 && Date.now() - turnedAwayAt > waitingMs;

  async function removeWithClaims(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      await removeSandbox(place, id);
      await claims.delete(id);
    }
  }

  const self: Sandboxes = {
    async start(labId, expiresAt, onlyReady = false) {
      const source = needStartableLab(labs, shelf, labId);
      if (entries.size + reserved >= settings.capacity) {
        turnedAwayAt = Date.now();
        throw failures.noRoom(settings.capacity);
      }
      let ready: SandboxParts | undefined;
      reserved++;
      try {
        ready = warm.take(labId);
        if (ready === undefined && onlyReady) throw failures.manyStarting(launches.size);
        if (ready === undefined) await needRoom();
      } finally {
        reserved--;
      }
      const entry: Entry = { id: ready?.id ?? newSandboxId(), lab: labId, state: ready === undefined ? 'starting' : 'ready', expiresAt, parts: ready };
      entries.set(entry.id, entry);
      if (ready === undefined) launchInBackground(entry, () => source);
      demand.note(labId);
      orders.noteStart(labId);
      await claims.set(entry.id, { ...entry, isReady: ready !== undefined });
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
      // Whoever asks for them is about to enter the sandbox.
      entry.parts.rest.touch();
      return entry.parts;
    },
    async setDeadline(id, expiresAt) {
      const entry = entries.get(id);
      if (entry === undefined) throw failures.unknownSandbox();
      entry.expiresAt = expiresAt;
      await claims.set(id, { ...entry, isReady: entry.state === 'ready' });
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
        // First: whatever happens now, nobody gets it back.
        await claims.delete(id);
        await entry.parts?.close();
        // One that is still starting is removed by whoever starts it.
        if (entry.state !== 'starting') await removeSandbox(place, id);
      } finally {
        ending.delete(id);
      }
    },
    follow(id, listener) {
      events.on(id, listener);
      return () => void events.off(id, listener);
    },
    async recover() {
      const { whole, unfinished, rest } = await takeStock(place, claims);
      for (const [id, { claim, parts }] of whole) entries.set(id, { ...claim, id, state: 'ready', parts });
      for (const [id, claim] of unfinished) {
        const entry: Entry = { ...claim, id, state: 'starting', parts: undefined };
        entries.set(id, entry);
        launchInBackground(entry, () => whenStartable(labs, shelf, claim.lab), true);
      }
      // Learners wait for their shells, so the rest is removed when they have them.
      removing = removeWithClaims(rest).catch((error: unknown) => console.error('Cannot remove what is left of the last run:', error));
    },
    refill() {
      warming ??= removing
        .then(() => pool.fill(isQuiet, () => entries.size + reserved))
        .catch((error: unknown) => console.error('Cannot keep sandboxes ready:', error))
        .finally(() => (warming = undefined));
      return warming;
    },
    async removeExpired(now) {
      const expired = [...entries.values()].filter((entry) => entry.expiresAt.getTime() <= now.getTime());
      await Promise.all(expired.map((entry) => self.remove(entry.id, 'expired')));
    },
    async noticeDead(running) {
      const isRunning = (parts: SandboxParts): boolean => running.has(parts.dockerHost.id) && running.has(parts.attacker.id);
      const suspects = [...entries.values()].filter(({ parts }) => parts !== undefined && !isRunning(parts));
      // Asked again one by one: some got ready after the list was made.
      await Promise.all(suspects.map(async ({ id, parts }) => ((await parts?.hasEnded()) ? self.remove(id, 'died') : undefined)));
      await warm.removeDead(running);
    },
    async removeUnknown() {
      const known = warm.ids();
      const unknown = [...(await sandboxOwners(place.engine))].filter(([id, owner]) => owner === place.owner && !known.has(id) && !entries.has(id));
      // Whoever is being started or ended this moment is still known; what is left belongs to nobody.
      const own = new Set([...warm.ids(), ...entries.keys(), ...ending]);
      await removeWithClaims(unknown.map(([id]) => id).filter((id) => !own.has(id)));
    },
    async removeAll() {
      await warm.removeAll();
      await removing;
      await Promise.all([...entries.keys()].map((id) => self.remove(id, 'deleted')));
      await Promise.all([warming, ...launches]);
    },
    allParts: () => ({ inUse: [...entries.values()].flatMap(({ parts }) => parts ?? []), warm: warm.ready() }),
    async orderWarm(order) {
      if (!labs.has(order.lab)) throw failures.unknownLab();
      await orders.place(order);
      void self.refill();
    },
    warmPool: () => pool.describe(),
    get count() {
      return entries.size;
    },
    get warmCount() {
      return warm.count - warm.making;
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
