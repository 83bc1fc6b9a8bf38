import type { RoleContainer } from '#lab';
import type lab from './lab.ts';

/** At most so many attempts to bring a service back that falls again and again. */
const mostRetries = 5;

/**
 * The policy as the running engine holds it. Read, not tried out: an attempt would have to crash the learner's own service until it stays down, and
 * the engine counts restarts for the life of the container, so every check would use up one of the learner's attempts for good.
 * That the engine is the genuine one is proven before every check.
 */
export function restartShortcoming(thumbs: RoleContainer): { readonly message?: keyof typeof lab.messages; readonly evidence: readonly string[] } {
  const policy = (thumbs.hostConfig['RestartPolicy'] ?? {}) as { Name?: string; MaximumRetryCount?: number };
  const name = policy.Name ?? '';
  const retries = policy.MaximumRetryCount ?? 0;
  const evidence = [
    `restart policy of ${thumbs.name}: ${name === '' ? 'no' : name}, at most ${retries} retries; restarted ${thumbs.restartCount} times so far`,
  ];
  if (name === 'always' || name === 'unless-stopped') return { message: 'restart-always', evidence };
  if (name !== 'on-failure') return { message: 'restart-never', evidence };
  if (retries < 1 || retries > mostRetries) return { message: 'restart-endless', evidence };
  return { evidence };
}
