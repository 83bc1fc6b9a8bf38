import { readFile, writeFile } from 'node:fs/promises';

/**
 * Limits of the kernel that all sandboxes share, because the kernel counts by user and every sandbox's root is the same user of the machine.
 * With the usual values one learner could take them all, and the next sandbox's Docker would not start. What remains is bounded by each sandbox's
 * own memory and process limits.
 */
const shared: ReadonlyArray<readonly [setting: string, least: number]> = [
  ['fs/inotify/max_user_instances', 1_048_576],
  ['kernel/keys/maxkeys', 1_000_000],
  ['kernel/keys/maxbytes', 25_000_000],
  ['kernel/pid_max', 4_194_304],
  ['kernel/pty/max', 65_536],
];

/** Raises those limits for as long as the machine runs; never lowers one. A setting that is not there or not ours to change is left alone. */
export async function raiseKernelLimits(): Promise<void> {
  for (const [setting, least] of shared) {
    const file = `/proc/sys/${setting}`;
    const value = Number(await readFile(file, 'utf8').catch(() => 'none'));
    if (value < least) await writeFile(file, String(least)).catch(() => undefined);
  }
}
