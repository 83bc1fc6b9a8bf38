import { expect, test } from 'vitest';
import { shareOutWarm } from './share-out-warm.ts';

const labs = ['surface/first', 'kernel/second', 'kernel/third', 'privilege/fourth'];

function shares(budget: number, demand: Record<string, number> = {}, ordered: Record<string, number> = {}): Record<string, number> {
  return Object.fromEntries(shareOutWarm({ budget, labs, demandOf: (lab) => demand[lab] ?? 0, ordered: new Map(Object.entries(ordered)) }));
}

test('before anybody has started anything, the first lab of the course comes first', () => {
  expect(shares(1)).toEqual({ 'surface/first': 1, 'kernel/second': 0, 'kernel/third': 0, 'privilege/fourth': 0 });
});

test('a budget that is large enough gives each lab one, whatever is asked for', () => {
  expect(shares(4, { 'kernel/second': 100 })).toEqual({ 'surface/first': 1, 'kernel/second': 1, 'kernel/third': 1, 'privilege/fourth': 1 });
});

test('what is left goes where it is asked for, and to the lab after that', () => {
  const { 'kernel/second': second = 0, 'kernel/third': third = 0, ...others } = shares(9, { 'kernel/second': 12 });
  expect(second).toBeGreaterThan(third);
  expect(third).toBeGreaterThan(1);
  expect(others).toEqual({ 'surface/first': 1, 'privilege/fourth': 1 });
});

test('with a small budget, two labs that are asked for share it', () => {
  expect(shares(2, { 'kernel/second': 5, 'privilege/fourth': 5 })).toMatchObject({ 'kernel/second': 1, 'privilege/fourth': 1 });
});

test('the whole budget is given out and no more', () => {
  for (const budget of [0, 1, 3, 4, 17]) {
    const all = Object.values(shares(budget, { 'kernel/third': 3, 'surface/first': 0.01 }));
    expect(all.reduce((sum, share) => sum + share)).toBe(budget);
  }
  expect(shareOutWarm({ budget: 5, labs: [], demandOf: () => 0, ordered: new Map() }).size).toBe(0);
});

test('an order is filled besides the budget, comes first, and is nothing for a lab that cannot be started', () => {
  const shared = shareOutWarm({
    budget: 4,
    labs,
    demandOf: () => 0,
    ordered: new Map([
      ['kernel/third', 30],
      ['kernel/unknown', 5],
    ]),
  });
  expect([...shared][0]).toEqual(['kernel/third', 30]);
  expect(shared.size).toBe(4);
  expect(shared.get('surface/first')).toBe(1);
});
