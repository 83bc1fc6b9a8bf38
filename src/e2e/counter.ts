/** The numbers that a loop of `echo count N` has shown, in order; an echo of typing may share their lines. */
export function numbersIn(text: string): number[] {
  return [...text.matchAll(/count (\d+)/g)].map(([, number]) => Number(number));
}
