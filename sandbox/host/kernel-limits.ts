import { readFile, writeFile } from 'node:fs/promises';

/**
 * Limits of the kernel that all sandboxes share: it counts by user, and every sandbox's root is the same user of the machine; what it counts by user
 * namespace, it counts in the machine's own, too, for whoever made the namespace, and that is the machine's root (user_namespaces(7), ucounts). With the
 * usual values one learner could take them all, and then no Docker would start, the machine's included. What remains is bounded by each sandbox's own
 * limits of memory and processes: each of these things is charged to a cgroup when it is made (SLAB_ACCOUNT, GFP_KERNEL_ACCOUNT).
 */
const shared: ReadonlyArray<readonly [setting: string, least: number]> = [
  ['fs/inotify/max_user_instances', 1_048_576],
  ['fs/inotify/max_user_watches', 67_108_864],
  ['fs/fanotify/max_user_groups', 1_048_576],
  ['fs/fanotify/max_user_marks', 67_108_864],
  ['fs/epoll/max_user_watches', 1_000_000_000],
  ['fs/aio-max-nr', 67_108_864],
  // As systemd has it.
  ['fs/file-max', Number.MAX_SAFE_INTEGER],
  // In pages; beyond it a new pipe holds next to nothing.
  ['fs/pipe-user-pages-soft', 268_435_456],
  // One table of neighbours (arp(7)) for all network namespaces. It alone is not charged: 400 bytes an entry.
  ...['ipv4', 'ipv6'].flatMap((family) => [
    [`net/${family}/neigh/default/gc_thresh3`, 1_048_576] as const,
    [`net/${family}/neigh/default/gc_thresh2`, 524_288] as const,
  ]),
  ['kernel/keys/maxkeys', 1_000_000],
  ['kernel/keys/maxbytes', 25_000_000],
  ['kernel/pid_max', 4_194_304],
  ['kernel/pty/max', 1_048_576],
  ...['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts'].map((kind) => [`user/max_${kind}_namespaces`, 2_147_483_647] as const),
];

/** Raises those limits for as long as the machine runs; never lowers one. A setting that is not there, not ours to change, or 0 for "no limit" is left alone. */
export async function raiseKernelLimits(): Promise<void> {
  for (const [setting, least] of shared) {
    const file = `/proc/sys/${setting}`;
    const value = Number(await readFile(file, 'utf8').catch(() => 'none'));
    if (value > 0 && value < least) await writeFile(file, String(least)).catch(() => undefined);
  }
}
