import { expect, test } from 'vitest';
import { capabilities, defaultMask, maskOf } from './capability-list.ts';
import { readMask } from './capability-mask.ts';

test('the fourteen defaults make the mask that a default container shows', () => {
  expect(capabilities.filter(({ isDefault }) => isDefault)).toHaveLength(14);
  expect(defaultMask).toBe('00000000a80425fb');
});

test('the whole list makes the mask of a privileged container', () => {
  expect(maskOf(() => true)).toBe('000001ffffffffff');
});

test.each(['00000000a80425fb', 'a80425fb', '0xA80425FB', 'CapEff:\t00000000a80425fb', ' a80425fb '])('reads %j', (text) => {
  expect(readMask(text)).toBe(0xa80425fbn);
});

test.each(['', 'xyz', 'a80425fb 12', '11112222333344445'])('refuses %j', (text) => {
  expect(readMask(text)).toBeUndefined();
});
