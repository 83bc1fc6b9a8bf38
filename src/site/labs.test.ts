import { expect, test } from 'vitest';
import { topics } from '#lab';
import { builtLabs, labByLabel, labelOf, labsOf } from './labs.ts';

test('every topic has its five labs in order, whether built or still to come', () => {
  for (const [index, topic] of topics.entries()) {
    expect(labsOf(topic).map(labelOf)).toEqual([1, 2, 3, 4, 5].map((number) => `L${index + 1}.${number}`));
  }
});

test('a lab that is built is no longer announced as still to come', () => {
  expect(builtLabs.length).toBeGreaterThan(0);
  for (const { lab } of builtLabs) expect(labByLabel(lab.label).state).toBe('built');
});

test('a built lab knows its page and points', () => {
  const entry = labByLabel('L1.2');
  expect(entry).toMatchObject({ state: 'built', id: 'kernel/contain-the-agent', topic: 'kernel', path: '/kernel/labs/contain-the-agent/', points: 150 });
});

test('a label that nobody knows is refused by name', () => {
  expect(() => labByLabel('L9.9')).toThrow('Cannot show lab "L9.9"');
});
