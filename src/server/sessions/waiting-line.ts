import type { Text } from '#lab';
import type { QueueStanding } from '#protocol/api.ts';
import { texts } from '../messages.ts';
import type { SessionRecord } from '../store/session-store.ts';

/**
 * What became of a session whose turn it was. `room`: no other gets a sandbox either · `lab`: others do, with a lab that stands ready · `learner`:
 * nobody is there to use it, the next is asked.
 */
export type Turn =
  { readonly is: 'started' } | { readonly is: 'waiting'; readonly for: 'room' | 'lab' | 'learner'; readonly reason: Text; readonly error?: unknown };

export interface LineWork {
  /** Sessions without a sandbox, in the order they came. */
  queued(): SessionRecord[];
  /** Finds sandboxes again that a process before this one has asked for. Called before the first turn. */
  adopt(): Promise<void>;
  /** Gives a session its sandbox, if there is one. `onlyReady`: only one that stands ready, for somebody before it waits for one to be made. */
  start(session: SessionRecord, options: { onlyReady: boolean }): Promise<Turn>;
  /** A session cannot have a sandbox at all, or not even a place: ends it. */
  refuse(session: SessionRecord, error: unknown): Promise<void>;
  /** Place or reason of a session has changed. */
  tell(session: SessionRecord): void;
}

/** All sessions that wait for a sandbox. First come, first served: nobody who is there is overtaken for room, only for a sandbox that stands ready. */
export interface WaitingLine extends Disposable {
  /** Resolves when the queued session has had its turn, whether or not it waits on. Rejects when it cannot have a sandbox, or not even a place. */
  enter(id: string): Promise<void>;
  /** There may be room. */
  advance(): void;
  /** undefined: it does not wait. */
  standing(id: string): QueueStanding | undefined;
}

interface Entering {
  readonly id: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Room may come from elsewhere, too: memory or disk that somebody else frees. */
const lookMs = 1000;

export function createWaitingLine(work: LineWork): WaitingLine {
  const entering: Entering[] = [];
  const reasons = new Map<string, Text>();
  let told = new Map<string, string>();
  /** Spares reading the line anew for each of those who are told at once. */
  let lineNow: readonly SessionRecord[] | undefined;
  let hasAdopted = false;
  let isClosed = false;
  let isRunning = false;
  let isAskedAgain = false;
  let timer: NodeJS.Timeout | undefined;

  const standingOf = (sessions: readonly SessionRecord[], id: string): QueueStanding | undefined => {
    const index = sessions.findIndex((session) => session.id === id);
    return index < 0 ? undefined : { place: index + 1, reason: reasons.get(id) ?? texts.waitsForTurn };
  };

  /** Each session has its turn, until there is no room. */
  async function takeTurns(newcomers: readonly Entering[]): Promise<void> {
    const blocked = new Map<string, Turn & { is: 'waiting' }>();
    let noRoom: (Turn & { is: 'waiting' }) | undefined;
    for (const session of work.queued()) {
      if (isClosed) return;
      let turn: Turn;
      try {
        turn = noRoom ?? blocked.get(session.lab) ?? (await work.start(session, { onlyReady: blocked.size > 0 }));
      } catch (error) {
        await turnAway(session, newcomers, error);
        continue;
      }
      if (turn.is === 'started') continue;
      if (turn.for === 'room') noRoom = turn;
      if (turn.for === 'lab') blocked.set(session.lab, turn);
      reasons.set(session.id, turn.reason);
      if (turn.error !== undefined && newcomers.some(({ id }) => id === session.id)) await turnAway(session, newcomers, turn.error);
    }
  }

  async function turnAway(session: SessionRecord, newcomers: readonly Entering[], error: unknown): Promise<void> {
    await work.refuse(session, error);
    newcomers.find(({ id }) => id === session.id)?.reject(error);
  }

  function tellChanges(): void {
    const sessions = work.queued();
    const now = new Map(sessions.map(({ id }) => [id, JSON.stringify(standingOf(sessions, id))]));
    lineNow = sessions;
    for (const session of sessions) if (told.get(session.id) !== now.get(session.id)) work.tell(session);
    lineNow = undefined;
    for (const id of reasons.keys()) if (!now.has(id)) reasons.delete(id);
    told = now;
  }

  async function run(): Promise<void> {
    isRunning = true;
    clearTimeout(timer);
    do {
      isAskedAgain = false;
      const newcomers = entering.splice(0);
      try {
        if (!hasAdopted) await work.adopt();
        hasAdopted = true;
        await takeTurns(newcomers);
      } catch (error) {
        const sessions = work.queued().filter(({ id }) => newcomers.some((newcomer) => newcomer.id === id));
        for (const session of sessions) await turnAway(session, newcomers, error);
      }
      if (isClosed) break;
      tellChanges();
      for (const { resolve } of newcomers) resolve();
    } while (isAskedAgain);
    isRunning = false;
    if (!isClosed && told.size > 0) timer = setTimeout(advance, lookMs);
  }

  function advance(): void {
    isAskedAgain = true;
    if (!isRunning && !isClosed) void run();
  }

  return {
    enter: (id) =>
      new Promise((resolve, reject) => {
        entering.push({ id, resolve, reject });
        advance();
      }),
    advance,
    standing: (id) => standingOf(lineNow ?? work.queued(), id),
    [Symbol.dispose]() {
      isClosed = true;
      clearTimeout(timer);
      for (const { resolve } of entering.splice(0)) resolve();
    },
  };
}
