import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Text } from '#lab';
import type { SessionState } from '#protocol/api.ts';
import type { CheckResult } from '#protocol/verdict.ts';

export interface SessionRecord {
  readonly id: string;
  readonly learner: string;
  readonly lab: string;
  /** null: none yet (queued), or it is known to be removed. */
  readonly sandbox: string | null;
  readonly state: SessionState;
  readonly reason: Text | null;
  /** Milliseconds since 1970, like all times here. */
  readonly createdAt: number;
  /** When it got its first sandbox, and its time began; null: it is still waiting for it. */
  readonly startedAt: number | null;
  readonly expiresAt: number;
  readonly extensions: number;
  readonly lastCheck: CheckResult | null;
  /** Tasks that passed at least once in the present sandbox. */
  readonly passedTasks: readonly string[];
  readonly attackSolved: boolean;
}

export type SessionChange = Partial<Omit<SessionRecord, 'id' | 'learner' | 'lab' | 'createdAt'>>;

export interface SessionStore {
  /** Adds the session unless the learner already has as many running ones as allowed, then returns those, or too many wait already. Atomic. */
  add(record: SessionRecord, most: { ofLearner: number; queued: number }): SessionRecord[] | 'queue-full' | undefined;
  find(id: string): SessionRecord | undefined;
  /** Writes `change` when the session exists and, with `onlyIn`, is in one of these states. Returns the session as it is now, undefined when nothing was written. */
  change(id: string, change: SessionChange, onlyIn?: readonly SessionState[]): SessionRecord | undefined;
  /** Those that are not over: queued, starting, ready. */
  running(): SessionRecord[];
  /** The same, without reading all of each. */
  runningStates(): { id: string; state: SessionState }[];
  /** Who waits for a sandbox, the one who came first first. */
  queued(): SessionRecord[];
  runningOf(learner: string): SessionRecord[];
  /** Running sessions whose time is up. The time of those that wait for their first sandbox has not begun. */
  due(now: number): SessionRecord[];
  /** Sessions that are over while their sandbox is not known to be removed. */
  withLeftoverSandbox(): SessionRecord[];
  countByState(): Record<SessionState, number>;
  /** Forgets sessions that ran out before `time`; progress stays. */
  forgetBefore(time: number): void;
}

type Row = Record<string, SQLOutputValue>;

export function createSessionStore(database: DatabaseSync, transaction: <R>(change: () => R) => R): SessionStore {
  const isRunning = `state IN ('queued', 'starting', 'ready')`;
  const insert = database.prepare(
    `INSERT INTO sessions (id, learner, lab, sandbox, state, reason, created_at, started_at, expires_at, extensions, last_check, passed_tasks, attack_solved)
     VALUES (:id, :learner, :lab, :sandbox, :state, :reason, :createdAt, :startedAt, :expiresAt, :extensions, :lastCheck, :passedTasks, :attackSolved)`,
  );
  const update = database.prepare(
    `UPDATE sessions SET sandbox = :sandbox, state = :state, reason = :reason, started_at = :startedAt, expires_at = :expiresAt,
       extensions = :extensions, last_check = :lastCheck, passed_tasks = :passedTasks, attack_solved = :attackSolved WHERE id = :id`,
  );
  const byId = database.prepare('SELECT * FROM sessions WHERE id = ?');
  const allRunning = database.prepare(`SELECT * FROM sessions WHERE ${isRunning} ORDER BY turn`);
  const runningByLearner = database.prepare(`SELECT * FROM sessions WHERE learner = ? AND ${isRunning} ORDER BY turn`);
  const runningStates = database.prepare(`SELECT id, state FROM sessions WHERE ${isRunning}`);
  const allQueued = database.prepare(`SELECT * FROM sessions WHERE state = 'queued' ORDER BY turn`);
  const countQueued = database.prepare(`SELECT count(*) AS number FROM sessions WHERE state = 'queued'`);
  const allDue = database.prepare(`SELECT * FROM sessions WHERE ${isRunning} AND started_at IS NOT NULL AND expires_at <= ?`);
  const leftovers = database.prepare(`SELECT * FROM sessions WHERE NOT ${isRunning} AND sandbox IS NOT NULL`);
  const counts = database.prepare('SELECT state, count(*) AS number FROM sessions GROUP BY state');
  const deleteOld = database.prepare(`DELETE FROM sessions WHERE NOT ${isRunning} AND sandbox IS NULL AND expires_at < ?`);

  const find = (id: string) => {
    const row = byId.get(id);
    return row && toRecord(row);
  };
  return {
    add: (record, most) =>
      transaction(() => {
        const running = runningByLearner.all(record.learner).map(toRecord);
        if (running.length >= most.ofLearner) return running;
        if (Number(countQueued.get()?.['number']) >= most.queued) return 'queue-full';
        insert.run({ ...toColumns(record), learner: record.learner, lab: record.lab, createdAt: record.createdAt });
        return undefined;
      }),
    find,
    change: (id, change, onlyIn) =>
      transaction(() => {
        const before = find(id);
        if (!before || (onlyIn && !onlyIn.includes(before.state))) return undefined;
        const after = { ...before, ...change };
        update.run(toColumns(after));
        return after;
      }),
    running: () => allRunning.all().map(toRecord),
    runningStates: () => runningStates.all().map((row) => ({ id: String(row['id']), state: row['state'] as SessionState })),
    queued: () => allQueued.all().map(toRecord),
    runningOf: (learner) => runningByLearner.all(learner).map(toRecord),
    due: (now) => allDue.all(now).map(toRecord),
    withLeftoverSandbox: () => leftovers.all().map(toRecord),
    countByState() {
      const result: Record<SessionState, number> = { queued: 0, starting: 0, ready: 0, ended: 0, expired: 0, failed: 0 };
      for (const row of counts.all()) result[row['state'] as SessionState] = Number(row['number']);
      return result;
    },
    forgetBefore: (time) => void deleteOld.run(time),
  };
}

function toColumns(record: SessionRecord) {
  return {
    id: record.id,
    sandbox: record.sandbox,
    state: record.state,
    reason: record.reason && JSON.stringify(record.reason),
    startedAt: record.startedAt,
    expiresAt: record.expiresAt,
    extensions: record.extensions,
    lastCheck: record.lastCheck && JSON.stringify(record.lastCheck),
    passedTasks: JSON.stringify(record.passedTasks),
    attackSolved: Number(record.attackSolved),
  };
}

function toRecord(row: Row): SessionRecord {
  return {
    id: String(row['id']),
    learner: String(row['learner']),
    lab: String(row['lab']),
    sandbox: row['sandbox'] as string | null,
    state: row['state'] as SessionState,
    reason: parseOrNull<Text>(row['reason']),
    createdAt: Number(row['created_at']),
    startedAt: row['started_at'] as number | null,
    expiresAt: Number(row['expires_at']),
    extensions: Number(row['extensions']),
    lastCheck: parseOrNull<CheckResult>(row['last_check']),
    passedTasks: JSON.parse(String(row['passed_tasks'])) as string[],
    attackSolved: row['attack_solved'] === 1,
  };
}

function parseOrNull<Value>(json: SQLOutputValue | undefined): Value | null {
  return typeof json === 'string' ? (JSON.parse(json) as Value) : null;
}
