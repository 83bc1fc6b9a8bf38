import type { DatabaseSync } from 'node:sqlite';

/** Each entry leads from the version that is its index to the next. Entries are only ever added. */
export const migrations = [
  `CREATE TABLE sessions (
     id TEXT PRIMARY KEY,
     learner TEXT NOT NULL,
     lab TEXT NOT NULL,
     sandbox TEXT,
     state TEXT NOT NULL CHECK (state IN ('starting', 'ready', 'ended', 'expired', 'failed')),
     reason TEXT,
     created_at INTEGER NOT NULL,
     expires_at INTEGER NOT NULL,
     extensions INTEGER NOT NULL DEFAULT 0,
     last_check TEXT,
     passed_tasks TEXT NOT NULL DEFAULT '[]',
     attack_solved INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE INDEX sessions_by_learner ON sessions (learner, state);
   CREATE INDEX sessions_by_state ON sessions (state, expires_at);
   CREATE TABLE solved_tasks (
     learner TEXT NOT NULL,
     lab TEXT NOT NULL,
     task TEXT NOT NULL,
     points INTEGER NOT NULL,
     solved_at INTEGER NOT NULL,
     PRIMARY KEY (learner, lab, task)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE lab_progress (
     learner TEXT NOT NULL,
     lab TEXT NOT NULL,
     attack_points INTEGER NOT NULL DEFAULT 0,
     attack_solved_at INTEGER,
     solved_at INTEGER,
     solution_seen_at INTEGER,
     PRIMARY KEY (learner, lab)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE quiz_answers (
     learner TEXT NOT NULL,
     quiz TEXT NOT NULL,
     answers TEXT NOT NULL,
     answered_at INTEGER NOT NULL,
     PRIMARY KEY (learner, quiz)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE places (learner TEXT PRIMARY KEY, path TEXT NOT NULL, visited_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;`,
  // Sessions wait for a sandbox. Their order is that of their coming, whatever the clock says: `turn` only grows.
  `CREATE TABLE sessions_with_queue (
     turn INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     learner TEXT NOT NULL,
     lab TEXT NOT NULL,
     sandbox TEXT,
     state TEXT NOT NULL CHECK (state IN ('queued', 'starting', 'ready', 'ended', 'expired', 'failed')),
     reason TEXT,
     created_at INTEGER NOT NULL,
     started_at INTEGER,
     expires_at INTEGER NOT NULL,
     extensions INTEGER NOT NULL DEFAULT 0,
     last_check TEXT,
     passed_tasks TEXT NOT NULL DEFAULT '[]',
     attack_solved INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   INSERT INTO sessions_with_queue
     (id, learner, lab, sandbox, state, reason, created_at, started_at, expires_at, extensions, last_check, passed_tasks, attack_solved)
     SELECT id, learner, lab, sandbox, iif(state = 'starting' AND sandbox IS NULL, 'queued', state), reason, created_at, created_at, expires_at,
       extensions, last_check, passed_tasks, attack_solved FROM sessions ORDER BY created_at, id;
   DROP TABLE sessions;
   ALTER TABLE sessions_with_queue RENAME TO sessions;
   CREATE INDEX sessions_by_learner ON sessions (learner, state);
   CREATE INDEX sessions_by_state ON sessions (state, expires_at);`,
] as const;

/** Brings the database to the newest version. Refuses one that a newer release has written. */
export function migrate(database: DatabaseSync): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version > migrations.length) {
    throw new Error(`Cannot open the database: it has version ${version}, this release knows up to ${migrations.length}`);
  }
  migrations.slice(version).forEach((sql, index) => {
    database.exec(`BEGIN IMMEDIATE; ${sql} PRAGMA user_version = ${version + index + 1}; COMMIT;`);
  });
}
