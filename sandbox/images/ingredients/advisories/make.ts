import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { knownExploited, reviewedOn, vulnerabilityDatabase } from '#lab/trivy/vulnerability-database.ts';

export const madeOf = [join(import.meta.dirname, '../../../../src/lab/trivy')];

/** The day before the hole in ejs that two labs exploit became known (CVE-2022-29078), and the day of the last review. */
const days = ['2022-04-24', reviewedOn];

/** What was known on each of the days. */
export async function make(target: string): Promise<void> {
  for (const day of days) {
    const folder = join(target, 'days', day);
    await mkdir(join(folder, 'db'), { recursive: true });
    for (const [name, content] of Object.entries(vulnerabilityDatabase(day))) await writeFile(join(folder, 'db', name), content);
    await writeFile(join(folder, 'known-exploited.json'), knownExploited(day));
  }
}
