import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { knownExploited, reviewedOn, vulnerabilityDatabase } from '#lab/trivy/vulnerability-database.ts';

export const madeOf = [join(import.meta.dirname, '../../../../src/lab/trivy')];

/** The vulnerability database as of the day on which its facts were reviewed. */
export async function make(target: string): Promise<void> {
  const folder = join(target, 'db');
  await mkdir(folder);
  for (const [name, content] of Object.entries(vulnerabilityDatabase(reviewedOn))) await writeFile(join(folder, name), content);
  await writeFile(join(target, 'known-exploited.json'), knownExploited(reviewedOn));
}
