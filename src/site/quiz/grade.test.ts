import { describe, expect, test } from 'vitest';
import { isRight, readAnswer, writeAnswer } from './grade.ts';
import { keyOf, shuffled } from './key-of.ts';

const text = { de: 'Text', en: 'text' };

describe('an answer is right when it is whole', () => {
  const option = (id: string, right: boolean) => ({ id, text, isRight: right, why: text });

  test('of several options', () => {
    const key = keyOf({ id: 'q', type: 'multiple', ask: text, options: [option('a', true), option('b', false), option('c', true)] });
    expect(isRight(key, ['c', 'a'])).toBe(true);
    expect(isRight(key, ['a'])).toBe(false);
    expect(isRight(key, ['a', 'b', 'c'])).toBe(false);
    expect(isRight(key, [])).toBe(false);
  });

  test('of steps in order, other right orders included', () => {
    const steps = ['a', 'b', 'c'].map((id) => ({ id, text }));
    const key = keyOf({ id: 'q', type: 'order', ask: text, why: text, steps, alsoRight: [['b', 'a', 'c']] });
    expect(isRight(key, ['a', 'b', 'c'])).toBe(true);
    expect(isRight(key, ['b', 'a', 'c'])).toBe(true);
    expect(isRight(key, ['c', 'b', 'a'])).toBe(false);
    expect(isRight(key, ['a', 'b'])).toBe(false);
  });

  test('of pairs', () => {
    const key = keyOf({ id: 'q', type: 'match', ask: text, pairs: ['a', 'b'].map((id) => ({ id, left: text, right: text, why: text })) });
    expect(isRight(key, ['b=b', 'a=a'])).toBe(true);
    expect(isRight(key, ['a=b', 'b=a'])).toBe(false);
    expect(isRight(key, ['a=a'])).toBe(false);
  });
});

test('an answer can be written and read again', () => {
  for (const answer of [[], ['a'], ['a=b', 'b=a']]) expect(readAnswer(writeAnswer(answer))).toEqual(answer);
});

test('what is to be ordered is shown in another order, the same one each time', () => {
  for (const count of [2, 3, 4, 5, 6, 7]) {
    const items = Array.from({ length: count }, (_, index) => ({ id: `step-${index}` }));
    const mixed = shuffled(items, 'seed');
    expect(mixed).not.toEqual(items);
    expect(mixed.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(items);
    expect(shuffled(items, 'seed')).toEqual(mixed);
  }
});
