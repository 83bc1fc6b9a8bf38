import { expect, test } from 'vitest';
import { clockText, millisecondsLeft } from './countdown.ts';

const session = { now: '2026-11-24T10:00:00.000Z', expiresAt: '2026-11-24T11:00:00.000Z' };

test('counts down by the server clock even when the own clock is two years off', () => {
  const received = Date.parse('2024-01-01T00:00:00.000Z');
  expect(millisecondsLeft(session, received, received)).toBe(3_600_000);
  expect(millisecondsLeft(session, received, received + 60_000)).toBe(3_540_000);
});

test('stops at zero', () => {
  expect(millisecondsLeft(session, 0, 4_000_000)).toBe(0);
});

test.each([
  [0, '0:00'],
  [1, '0:01'],
  [59_000, '0:59'],
  [600_000, '10:00'],
  [3_600_000, '1:00:00'],
  [3_909_000, '1:05:09'],
])('writes %i ms as %s', (milliseconds, expected) => {
  expect(clockText(milliseconds)).toBe(expected);
});
