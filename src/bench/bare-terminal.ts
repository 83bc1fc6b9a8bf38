import type { Duplex } from 'node:stream';
import type { onlyDockerHost } from './docker-hosts.ts';

type Container = Awaited<ReturnType<typeof onlyDockerHost>>['container'];

/** `docker exec -it` without the course: a command with a terminal, straight from the engine. Disposing it hangs up. */
export async function openBareTerminal(container: Container, command: readonly string[]): Promise<{ stream: Duplex } & Disposable> {
  const exec = await container.exec({ Cmd: [...command], Tty: true, AttachStdin: true, AttachStdout: true, AttachStderr: true, Env: ['TERM=xterm-256color'] });
  const stream = await exec.start({ hijack: true, stdin: true, Tty: true });
  return { stream, [Symbol.dispose]: () => void stream.destroy() };
}
