import { expect, test } from 'vitest';
import type { CheckResult, TaskVerdict } from '#protocol/verdict.ts';
import { isSolved, taskChanges, taskView } from './task-view.ts';

test('a task without a verdict is open and says nothing', () => {
  expect(taskView(undefined, 'de')).toEqual({ state: 'open', message: '', evidence: [] });
});

test('a failed task is shown as open, with its message in the language of the page', () => {
  const verdict = verdictOf({ state: 'failed', message: { de: 'Läuft noch als root.', en: 'Still runs as root.' }, evidence: ['Uid of pid 12: 0'] });
  expect(taskView(verdict, 'de')).toEqual({ state: 'open', message: 'Läuft noch als root.', evidence: ['Uid of pid 12: 0'] });
  expect(taskView(verdict, 'en').message).toBe('Still runs as root.');
});

test('a task that was left out because nobody asked is open, without a word', () => {
  const verdict = verdictOf({ state: 'inconclusive', messageId: 'on-request', message: { de: 'Nur auf Knopfdruck.', en: 'On request only.' } });
  expect(taskView(verdict, 'de')).toEqual({ state: 'open', message: '', evidence: [] });
});

test.each(['passed', 'regressed', 'inconclusive'] as const)('%s is shown as such', (state) => {
  expect(taskView(verdictOf({ state }), 'en').state).toBe(state);
});

test('the first result announces nothing, a later one only what it turned', () => {
  const start = resultOf([verdictOf({ id: 'a', state: 'failed' }), verdictOf({ id: 'b', state: 'passed' }), verdictOf({ id: 'c', state: 'failed' })]);
  const later = resultOf([
    verdictOf({ id: 'a', state: 'passed' }),
    verdictOf({ id: 'b', state: 'regressed', message: { de: 'Wieder root.', en: 'Root again.' } }),
    verdictOf({ id: 'c', state: 'failed' }),
  ]);
  expect(taskChanges(undefined, start, 'en')).toEqual([]);
  expect(taskChanges(start, later, 'en')).toEqual([
    { id: 'a', to: 'passed', message: '' },
    { id: 'b', to: 'regressed', message: 'Root again.' },
  ]);
});

test('a lab is solved when all tasks but the bonus passed', () => {
  expect(isSolved(undefined)).toBe(false);
  expect(isSolved({ ...resultOf([]), passed: 2, total: 3 })).toBe(false);
  expect(isSolved({ ...resultOf([]), passed: 3, total: 3 })).toBe(true);
});

function verdictOf(verdict: Partial<TaskVerdict>): TaskVerdict {
  return { id: 'a', state: 'failed', passed: verdict.state === 'passed', evidence: [], points: 10, bonus: false, ...verdict };
}

function resultOf(tasks: TaskVerdict[]): CheckResult {
  return { passed: tasks.filter(({ passed }) => passed).length, total: tasks.length, points: 0, tasks, checkedAt: '2026-11-24T10:00:00.000Z', milliseconds: 5 };
}
