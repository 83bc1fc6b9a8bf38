import { expect, test } from 'vitest';
import { whyNoRoom, type AdmissionLimits, type Load } from './admission.ts';

const gibibyte = 1024 ** 3;
const roomy = { memory: 8 * gibibyte, pool: 40 * gibibyte, disk: 40 * gibibyte };
const limits: AdmissionLimits = { capacity: 10, parallelStarts: 2, keptFreeMemoryBytes: 2 * gibibyte };
const quiet: Load = { inUse: 3, starting: 0 };

test('there is room while memory, disk, capacity and hands are there', () => {
  expect(whyNoRoom(roomy, quiet, limits)).toBeUndefined();
  expect(whyNoRoom({ memory: 2.5 * gibibyte, pool: 2.5 * gibibyte, disk: 2.5 * gibibyte }, quiet, limits)).toBeUndefined();
});

test.each([
  ['all are in use', roomy, { inUse: 10, starting: 0 }, 'no-room', /All 10/],
  ['as many as can be are being made', roomy, { inUse: 3, starting: 2 }, 'many-starting', /2 Docker hosts are being set up/],
  ['memory is short', { ...roomy, memory: 2.4 * gibibyte }, quiet, 'no-room', /memory/],
  ['those that are being made will need the memory', { ...roomy, memory: 2.9 * gibibyte }, { inUse: 3, starting: 1 }, 'no-room', /memory/],
  ['the pool is nearly full', { ...roomy, pool: 2 * gibibyte }, quiet, 'no-room', /disk/],
  ['the disk below the pool is nearly full', { ...roomy, disk: 2 * gibibyte }, quiet, 'no-room', /disk/],
] as const)('there is none when %s', (_when, room, load, code, reason) => {
  expect(whyNoRoom(room, load, limits)).toMatchObject({ status: 503, code, text: { en: expect.stringMatching(reason), de: expect.any(String) } });
});
