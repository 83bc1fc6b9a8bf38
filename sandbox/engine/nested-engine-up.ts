import type { Container } from 'dockerode';
import { execute } from './execute.ts';

/** Waits until the engine inside a Docker host answers. For hosts no learner has touched yet. */
export async function waitForNestedEngine(container: Container, limitMs: number): Promise<void> {
  const script = 'until curl --silent --fail --output /dev/null --max-time 2 --unix-socket /var/run/docker.sock http://localhost/_ping; do sleep 0.03; done';
  const { exitCode } = await execute(container, ['bash', '-c', script], { timeoutMs: limitMs });
  if (exitCode === 0) return;
  const log = await execute(container, ['tail', '-n', '8', '/var/log/docker.log']);
  throw new Error(`Cannot start the nested engine: no answer within ${limitMs / 1000} s\n${log.output}`);
}
