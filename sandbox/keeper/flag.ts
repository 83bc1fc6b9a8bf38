import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The keeper's secret, made on first use. Flags are derived from it, so that none has to be stored. */
export async function keeperSecret(directory: string): Promise<Buffer> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, 'secret');
  try {
    await writeFile(file, randomBytes(32), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFile(file);
}

/** The flag of one sandbox, e.g. `FLAG{8c1f…}`. Worth nothing in any other. */
export function flagOf(secret: Buffer, sandbox: string, seed: string): string {
  return `FLAG{${createHmac('sha256', secret).update(`${sandbox}\0${seed}`).digest('hex').slice(0, 24)}}`;
}

export function isSameFlag(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given.trim())];
  return a.length === b.length && timingSafeEqual(a, b);
}
