import type { Evidence } from '#lab';
import { nameOf, renderJob, theRenderer, type Tools } from './renderer.ts';

/** A filter lies on every process of the container and on the one that executes a job. */
export async function checkFilter(tools: Tools): Promise<Evidence> {
  const role = await theRenderer(tools);
  const runtime = role.hostConfig['Runtime'];
  if (runtime !== 'runc') throw tools.notYet('foreign-runtime', [`HostConfig.Runtime: ${String(runtime)}`]);
  const processes = [...(await role.processes())];
  const unfiltered = processes.find(({ seccomp }) => seccomp !== 2);
  if (unfiltered !== undefined) throw tools.notYet('no-filter', [`Seccomp of ${nameOf(unfiltered)}: ${unfiltered.seccomp}`]);
  const { worker, evidence } = await renderJob(tools);
  if (worker.seccomp !== 2) throw tools.notYet('no-filter', [`Seccomp of ${nameOf(worker)}: ${worker.seccomp}`]);
  return [...evidence, `Seccomp is 2 in ${processes.length} processes and in the job`];
}
