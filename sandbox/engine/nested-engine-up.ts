import type { Container } from 'dockerode';
import { execute } from './execute.ts';

/** Not with curl: its twenty libraries would stay in the memory of every sandbox. */
const ping = String.raw`printf 'GET /_ping HTTP/1.0\r\n\r\n' | nc -N -w 2 -U /var/run/docker.sock 2> /dev/null`;

/** Waits until the engine inside a Docker host answers. For hosts no learner has touched yet. */
export async function waitForNestedEngine(container: Container, limitMs: number): Promise<void> {
  const script = `until [[ $(${ping}) == "HTTP/1.0 200 "* ]]; do sleep 0.03; done`;
  const { exitCode } = await execute(container, ['bash', '-c', script], { timeoutMs: limitMs });
  if (exitCode === 0) return;
  const log = await execute(container, ['tail', '-n', '8', '/var/log/docker.log']);
  throw new Error(`Cannot start the nested engine: no answer within ${limitMs / 1000} s\n${log.output}`);
}
