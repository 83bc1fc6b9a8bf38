import { expect, test } from 'vitest';
import { nextTime } from './warm.ts';

test.each([
  ['9:00', '2030-01-01T08:59:00', '2030-01-01T09:00:00'],
  ['09:00', '2030-01-01T09:00:00', '2030-01-02T09:00:00'],
  ['0:05', '2030-01-31T23:59:30', '2030-02-01T00:05:00'],
])('at %s means, when it is %s, the moment %s', (time, now, expected) => {
  expect(nextTime(time, new Date(now))).toEqual(new Date(expected));
});

test.each(['nine', '24:00', '9:60', '9', '-1:00'])('%s is no time of day', (time) => {
  expect(() => nextTime(time, new Date())).toThrow('no time of day');
});
