import { mkdtempDisposableSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrations } from './migrate.ts';
import { openStore } from './open-store.ts';

test('a database is migrated once, keeps what it holds, and is refused when a newer release wrote it', () => {
  using directory = mkdtempDisposableSync(join(tmpdir(), 'schott-store-'));
  const file = join(directory.path, 'test.sqlite');
  {
    using store = openStore(file);
    store.progress.recordPlace('learner', '/kernel/', 1);
  }
  {
    using store = openStore(file);
    expect(store.progress.read('learner').lastPlace).toBe('/kernel/');
    expect(store.progress.read('other')).toEqual({ labs: {}, quizzes: {}, lastPlace: null, points: 0 });
  }
  const database = new DatabaseSync(file);
  expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  database.exec('PRAGMA user_version = 99');
  database.close();
  expect(() => openStore(file)).toThrow('it has version 99');
});

test('a transaction that fails leaves nothing behind', () => {
  using directory = mkdtempDisposableSync(join(tmpdir(), 'schott-store-'));
  using store = openStore(join(directory.path, 'test.sqlite'));
  const failing = () =>
    store.transaction(() => {
      store.progress.recordAttack('learner', 'kernel/first', 20, 1);
      throw new Error('no');
    });
  expect(failing).toThrow('no');
  expect(store.progress.read('learner').points).toBe(0);
  store.progress.recordAttack('learner', 'kernel/first', 20, 1);
  store.progress.recordAttack('learner', 'kernel/first', 50, 2);
  expect(store.progress.read('learner').points).toBe(20);
});

test('sessions of a database without a queue keep their state, and an interrupted start becomes one that waits', () => {
  using directory = mkdtempDisposableSync(join(tmpdir(), 'schott-store-'));
  const file = join(directory.path, 'test.sqlite');
  const database = new DatabaseSync(file);
  database.exec(migrations[0]);
  database.exec('PRAGMA user_version = 1');
  const add = database.prepare('INSERT INTO sessions (id, learner, lab, sandbox, state, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)');
  add.run('b', 'learner', 'kernel/first', null, 'starting', 20, 40);
  add.run('a', 'learner', 'kernel/first', 'abcdefghijklmnop', 'ready', 10, 30);
  add.run('c', 'learner', 'kernel/first', null, 'ended', 5, 25);
  database.close();
  using store = openStore(file);
  expect(store.sessions.running().map(({ id, state, sandbox, startedAt }) => [id, state, sandbox, startedAt])).toEqual([
    ['a', 'ready', 'abcdefghijklmnop', 10],
    ['b', 'queued', null, 20],
  ]);
  expect(store.sessions.find('c')?.state).toBe('ended');
});
