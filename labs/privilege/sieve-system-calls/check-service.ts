import type { Evidence } from '#lab';
import { renderJob, type Tools } from './renderer.ts';

/** Jobs are still rendered, behind a filter and by somebody who is not root. */
export async function checkService(tools: Tools): Promise<Evidence> {
  const { worker, evidence } = await renderJob(tools);
  const { uidsInContainer, seccomp, seccompFilters } = worker;
  if (uidsInContainer.includes(0)) throw tools.notYet('renders-as-root', [`Uid of the job in the container: ${uidsInContainer.join(' ')}`]);
  if (seccomp !== 2) throw tools.notYet('no-filter', [`filters on the job besides that of the whole Docker host: ${seccompFilters}`]);
  return [...evidence, `Uid ${uidsInContainer[0]}, ${seccompFilters} filters besides that of the whole Docker host`];
}
