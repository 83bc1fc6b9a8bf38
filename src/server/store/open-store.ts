import { DatabaseSync } from 'node:sqlite';
import { migrate } from './migrate.ts';
import { createProgressStore, type ProgressStore } from './progress-store.ts';
import { createSessionStore, type SessionStore } from './session-store.ts';

/** What outlives the process. SQL is written in this folder only. */
export interface Store extends Disposable {
  readonly sessions: SessionStore;
  readonly progress: ProgressStore;
  /** Everything that `change` writes is on the disk when this returns, or nothing of it is. */
  transaction<Result>(change: () => Result): Result;
}

/** Opens the database in `file`, creating or migrating it as needed. */
export function openStore(file: string): Store {
  const database = new DatabaseSync(file, { timeout: 5000 });
  // FULL: what was acknowledged survives a power cut, not only a killed process.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  migrate(database);
  const transaction = <Result>(change: () => Result) => inTransaction(database, change);
  return {
    sessions: createSessionStore(database, transaction),
    progress: createProgressStore(database),
    transaction,
    [Symbol.dispose]: () => database.close(),
  };
}

function inTransaction<Result>(database: DatabaseSync, change: () => Result): Result {
  if (database.isTransaction) return change();
  // IMMEDIATE: a second process that reads before it writes waits here instead of deciding on old counts.
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = change();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
