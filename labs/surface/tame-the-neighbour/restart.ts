import type { KernelProcess, RoleContainer } from '#lab';
import type { Shortcoming } from './limits.ts';

/** At most so many attempts to bring a service back that falls again and again. */
const mostRetries = 5;

/** What `--init` puts in front of a service; it ends when the service does. */
const initPrograms = new Set(['docker-init', 'tini', 'catatonit', 'dumb-init']);

/**
 * The policy as the running engine holds it. Read, not tried out: an attempt would have to crash the learner's own service until it stays down, and
 * the engine counts restarts for the life of the container, so every check would use up one of the learner's attempts for good.
 * That the engine is the genuine one is proven before every check. What remains to be seen is that a crash reaches the engine at all.
 */
export async function restartShortcoming(
  thumbs: RoleContainer,
): Promise<{ readonly shortcoming: Shortcoming | undefined; readonly evidence: readonly string[] }> {
  const policy = (thumbs.hostConfig['RestartPolicy'] ?? {}) as { Name?: string; MaximumRetryCount?: number };
  const name = policy.Name ?? '';
  const retries = policy.MaximumRetryCount ?? 0;
  const processes = await thumbs.processes();
  const evidence = [
    `restart policy of ${thumbs.name}: ${name === '' ? 'no' : name}, at most ${retries} retries; restarted ${thumbs.restartCount} times so far`,
    `first process of the container: ${processes[0].comm}`,
  ];
  const refuse = (message: Shortcoming['message']) => ({ shortcoming: { message, evidence }, evidence });
  if (name === 'always' || name === 'unless-stopped') return refuse('restart-always');
  if (name !== 'on-failure') return refuse('restart-never');
  if (retries < 1 || retries > mostRetries) return refuse('restart-endless');
  if (mainProcess(processes).comm !== 'thumbs') return refuse('restart-inside');
  return { shortcoming: undefined, evidence };
}

/** The process whose end is the container's: the first one, or the one that its init program started. Later ones come from `docker exec`. */
function mainProcess([first, ...others]: readonly [KernelProcess, ...KernelProcess[]]): KernelProcess {
  if (!initPrograms.has(first.comm)) return first;
  return others.toSorted((a, b) => (a.pids.at(-1) ?? 0) - (b.pids.at(-1) ?? 0))[0] ?? first;
}
