import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Text } from '#lab';
import type { SessionState } from '#protocol/api.ts';
import type { CheckResult } from '#protocol/verdict.ts';

export interface SessionRecord {
  readonly id: string;
  readonly learner: string;
  readonly lab: string;
  /** null: none yet, or it is known to be removed. */
  readonly sandbox: string | null;
  readonly state: SessionState;
  readonly reason: Text | null;
  /** Milliseconds since 1970, like all times here. */
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly extensions: number;
  readonly lastCheck: CheckResult | null;
  /** Tasks that passed at least once in the present sandbox. */
  readonly passedTasks: readonly string[];
  readonly attackSolved: boolean;
}

export type SessionChange = Partial<Omit<SessionRecord, 'id' | 'learner' | 'lab' | 'createdAt'>>;

export interface SessionStore {
  /** Adds the session unless the learner already has `limit` running ones; then returns those. Atomic. */
  add(record: SessionRecord, limit: number): SessionRecord[] | undefined;
  remove(id: string): void;
  find(id: string): SessionRecord | undefined;
  /** Writes `change` when the session exists and, with `onlyIn`, is in one of these states. Returns the session as it is now, undefined when nothing was written. */
  change(id: string, change: SessionChange, onlyIn?: readonly SessionState[]): SessionRecord | undefined;
  running(): SessionRecord[];
  runningOf(learner: string): SessionRecord[];
  /** Running sessions whose time is up. */
  due(now: number): SessionRecord[];
  /** Sessions that are over while their sandbox is not known to be removed. */
  withLeftoverSandbox(): SessionRecord[];
  countByState(): Record<SessionState, number>;
  /** Forgets sessions that ran out before `time`; progress stays. */
  forgetBefore(time: number): void;
}

type Row = Record<string, SQLOutputValue>;

export function createSessionStore(database: DatabaseSync, transaction: <R>(change: () => R) => R): SessionStore {
  const isRunning = `state IN ('starting', 'ready')`;
  const insert = database.prepare(
    `INSERT INTO sessions (id, learner, lab, sandbox, state, reason, created_at, expires_at, extensions, last_check, passed_tasks, attack_solved)
     VALUES (:id, :learner, :lab, :sandbox, :state, :reason, :createdAt, :expiresAt, :extensions, :lastCheck, :passedTasks, :attackSolved)`,
  );
  const update = database.prepare(
    `UPDATE sessions SET sandbox = :sandbox, state = :state, reason = :reason, expires_at = :expiresAt, extensions = :extensions,
       last_check = :lastCheck, passed_tasks = :passedTasks, attack_solved = :attackSolved WHERE id = :id`,
  );
  const byId = database.prepare('SELECT * FROM sessions WHERE id = ?');
  const deleteById = database.prepare('DELETE FROM sessions WHERE id = ?');
  const allRunning = database.prepare(`SELECT * FROM sessions WHERE ${isRunning} ORDER BY created_at, id`);
  const runningByLearner = database.prepare(`SELECT * FROM sessions WHERE learner = ? AND ${isRunning} ORDER BY created_at, id`);
  const allDue = database.prepare(`SELECT * FROM sessions WHERE ${isRunning} AND expires_at <= ?`);
  const leftovers = database.prepare(`SELECT * FROM sessions WHERE NOT ${isRunning} AND sandbox IS NOT NULL`);
  const counts = database.prepare('SELECT state, count(*) AS number FROM sessions GROUP BY state');
  const deleteOld = database.prepare(`DELETE FROM sessions WHERE NOT ${isRunning} AND sandbox IS NULL AND expires_at < ?`);

  const find = (id: string) => {
    const row = byId.get(id);
    return row && toRecord(row);
  };
  return {
    add: (record, limit) =>
      transaction(() => {
        const running = runningByLearner.all(record.learner).map(toRecord);
        if (running.length >= limit) return running;
        insert.run({ ...toColumns(record), learner: record.learner, lab: record.lab, createdAt: record.createdAt });
        return undefined;
      }),
    remove: (id) => void deleteById.run(id),
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
    runningOf: (learner) => runningByLearner.all(learner).map(toRecord),
    due: (now) => allDue.all(now).map(toRecord),
    withLeftoverSandbox: () => leftovers.all().map(toRecord),
    countByState() {
      const result: Record<SessionState, number> = { starting: 0, ready: 0, ended: 0, expired: 0, failed: 0 };
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
