import type { Evidence } from '#lab';
import { askExport, theReport, workingExport, type Tools } from './report.ts';

/** Reports are exported with their lines in order, and what is not there is not made up. */
export async function checkService(tools: Tools): Promise<Evidence> {
  const control = await workingExport(tools);
  const name = `no-${tools.sandbox.random(6)}.csv`;
  const { status } = await askExport(tools, await theReport(tools), name);
  if (status < 400) throw tools.notYet('export-broken', [`GET /export?file=${name}, which does not exist: ${status}`]);
  return [control, `GET /export?file=${name}, which does not exist: ${status}`];
}
