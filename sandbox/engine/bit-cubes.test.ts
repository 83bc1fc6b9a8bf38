import { expect, test } from 'vitest';
import { complementOf, type BitCube } from './bit-cubes.ts';

const holds = (cubes: readonly BitCube[], number: number): boolean => cubes.some(({ mask, value }) => (number & mask) === value);

test('a number is in the complement exactly when it is in no excluded cube', () => {
  const excluded = [
    { mask: 0xff00, value: 0x9400 },
    { mask: 0xffff, value: 0x5412 },
    { mask: 0xffff, value: 0x541c },
  ];
  const complement = complementOf(excluded, 16);
  const onOneSideOnly = (number: number): boolean => holds(complement, number) !== holds(excluded, number);
  const numbers = Array.from({ length: 0x1_0000 }, (_, number) => number);
  expect(numbers.filter((number) => !onOneSideOnly(number))).toEqual([]);
  expect(complement.length).toBeLessThan(40);
});

test('nothing excluded leaves one cube that holds all, everything excluded leaves none', () => {
  expect(complementOf([], 8)).toEqual([{ mask: 0, value: 0 }]);
  expect(complementOf([{ mask: 0, value: 0 }], 8)).toEqual([]);
});

test('a cube with a gap in its mask is refused', () => {
  expect(() => complementOf([{ mask: 0b1010, value: 0 }], 4)).toThrow('its mask has a gap');
});
