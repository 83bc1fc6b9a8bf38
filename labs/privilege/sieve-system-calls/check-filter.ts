import type { Evidence, KernelProcess } from '#lab';
import { nameOf, renderJob, theRenderer, type Tools } from './renderer.ts';

/** A filter lies on every process of the container and on the one that executes a job. */
export async function checkFilter(tools: Tools): Promise<Evidence> {
  const role = await theRenderer(tools);
  const runtime = role.hostConfig['Runtime'];
  if (runtime !== 'runc') throw tools.notYet('foreign-runtime', [`HostConfig.Runtime: ${String(runtime)}`]);
  const processes = [...(await role.processes())];
  const unfiltered = processes.find(({ seccomp }) => seccomp !== 2);
  if (unfiltered !== undefined) throw tools.notYet('no-filter', [filtersOf(unfiltered)]);
  const { worker, evidence } = await renderJob(tools);
  if (worker.seccomp !== 2) throw tools.notYet('no-filter', [filtersOf(worker)]);
  return [...evidence, ...[...processes, worker].map(filtersOf)];
}

/** The file in /proc counts the Docker host's own filter, too. */
function filtersOf(process: KernelProcess): string {
  return `${nameOf(process)}: ${process.seccompFilters} filters besides that of the whole Docker host`;
}
