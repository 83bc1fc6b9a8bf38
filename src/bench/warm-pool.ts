import { setTimeout as sleep } from 'node:timers/promises';
import type { Course } from './course.ts';
import { dockerHosts } from './docker-hosts.ts';

const limitMs = 90_000;
const quietMs = 500;

/**
 * Waits, while no session runs, until each lab has its warm sandbox and nothing is being prepared in it. The keeper does not say so;
 * it shows on the engine: the Docker host runs, and for a moment no command has run in it but the waiting shell.
 */
export async function waitForWarmPool({ engine }: Course, labs: readonly string[]): Promise<void> {
  const startedAt = Date.now();
  let quietSince = Date.now();
  while (Date.now() - quietSince < quietMs) {
    if (Date.now() - startedAt > limitMs) throw new Error(`The warm sandboxes were not there within ${limitMs / 1000} s`);
    await sleep(100);
    for (const lab of labs) {
      const [host] = await dockerHosts(engine, lab);
      const facts = host === undefined ? undefined : await engine.getContainer(host.Id).inspect();
      // The API has null here where @types/dockerode has a list.
      const execs = await Promise.all(((facts?.ExecIDs as string[] | null | undefined) ?? []).map((id) => engine.getExec(id).inspect()));
      // A warm sandbox has its shell already, and nothing else runs in it.
      const isBusy = execs.length === 0 || execs.some((exec) => exec.ProcessConfig.entrypoint !== '/usr/lib/schott/pty-host');
      if (isBusy) quietSince = Date.now();
    }
  }
}
