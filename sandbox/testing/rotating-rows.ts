/** `npm run test:labs` sets it: every row, however long it takes. */
const wantsAll = process.env['SCHOTT_ALL_ROWS'] === '1';

const millisecondsPerDay = 86_400_000;

/**
 * Is it this row's turn today? Rows of a lab that needs the machine for itself run one after the other; of its cheats a third runs on each day, so
 * that `npm test` stays within its time. The others are counted as skipped. Start, solution and passes/ always run.
 */
export function isDue(rowName: string, index: number, now = Date.now()): boolean {
  return wantsAll || !rowName.startsWith('fails/') || index % 3 === Math.floor(now / millisecondsPerDay) % 3;
}
