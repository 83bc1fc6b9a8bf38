/** `npm run test:labs` sets it: every row, however long it takes. */
const wantsAll = process.env['SCHOTT_ALL_ROWS'] === '1';

const millisecondsPerDay = 86_400_000;

/**
 * Is it this row's turn today? Start and solution of a lab always run; of its passes/ and fails/ a third runs on each day, so that `npm test` stays
 * within its time on two cores. The others are counted as skipped, and `npm run test:labs` runs them all.
 */
export function isDue(rowName: string, index: number, now = Date.now()): boolean {
  return wantsAll || !rowName.includes('/') || index % 3 === Math.floor(now / millisecondsPerDay) % 3;
}
