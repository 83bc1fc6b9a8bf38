import { expect, test } from 'vitest';
import { matrixTable } from './matrix-table.ts';

const row = (name: string, ok: boolean, milliseconds: number, checkMilliseconds: readonly number[]) => ({
  lab: 'kernel/example',
  name,
  ok,
  problems: [],
  milliseconds,
  checkMilliseconds,
});

test('the table counts per lab what is as it must be, and names labs that cannot run here', () => {
  const rows = [
    row('start', true, 4000, [900, 800]),
    row('solution.sh', true, 5000, [1500]),
    row('fails/a.sh', false, 3000, [700]),
    row('fails/b.sh', true, 3000, []),
  ];
  expect(matrixTable(rows, new Map([['privilege/far', 'needs selinux']])).split('\n')).toEqual([
    '| lab            | start | solution | passes | fails    | seconds       | slowest check |',
    '| -------------- | ----- | -------- | ------ | -------- | ------------- | ------------- |',
    '| kernel/example | ✔ 1   | ✔ 1      | –      | ✘ 1 of 2 | 15            | 1.5           |',
    '| privilege/far  | –     | –        | –      | –        | needs selinux | –             |',
  ]);
});
