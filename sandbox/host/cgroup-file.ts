import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Writes one file of a cgroup; false when it is not there or does not take the value. The kernel acts at once or not at all, in microseconds, so
 * nothing would be gained by doing it in the background, and the order of events would be lost.
 */
export function writeCgroupFile(file: string, value: string): boolean {
  try {
    writeFileSync(file, value, { flag: 'r+' });
    return true;
  } catch {
    return false;
  }
}

/** Content of one file of a cgroup; undefined when it is not there. */
export function readCgroupFile(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
