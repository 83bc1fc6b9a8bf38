import { expect, test } from 'vitest';
import { curriculum } from '../planned-labs.ts';
import { paths, prerequisites } from './paths.ts';

const minutesOf = (labels: readonly string[]): number =>
  curriculum.filter(({ label }) => labels.includes(label)).reduce((sum, { minutes }) => sum + minutes, 0);

test.each(paths)('$title.en names each lab of the curriculum at most once, and what a lab needs comes before it', ({ labs }) => {
  expect(new Set(labs).size).toBe(labs.length);
  expect(labs.filter((label) => !curriculum.some((lab) => lab.label === label))).toEqual([]);
  const place = (wanted: string | undefined): number => labs.findIndex((label) => label === wanted);
  const tooLate = Object.entries(prerequisites).filter(([lab, before]) => place(lab) >= 0 && place(before) > place(lab));
  expect(tooLate).toEqual([]);
});

test('a longer path holds the shorter one and fits into its time', () => {
  const [half, day, two] = paths.map(({ labs }) => labs);
  expect(day).toEqual(expect.arrayContaining([...(half ?? [])]));
  expect(two).toEqual(expect.arrayContaining([...(day ?? [])]));
  expect([half, day, two].map((labs) => Math.ceil(minutesOf(labs ?? []) / 60))).toEqual([5, 8, 13]);
});
