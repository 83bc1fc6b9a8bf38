import type { Evidence } from '#lab';
import { fewPrograms, surveyOfImage } from './image-survey.ts';
import { askExport, theReport, workingExport, type Tools } from './report.ts';

/** Reports are exported with their lines in order, what is not there is not made up, and no system full of programs is needed for it. */
export async function checkService(tools: Tools): Promise<Evidence> {
  const { evidence: control } = await workingExport(tools);
  const role = await theReport(tools);
  const name = `no-${tools.sandbox.random(6)}.csv`;
  const { status } = await askExport(tools, role, name);
  if (status < 400) throw tools.notYet('export-broken', [`GET /export?file=${name}, which does not exist: ${status}`]);
  const { programs, complete } = await surveyOfImage(tools);
  if (programs > fewPrograms)
    throw tools.notYet('still-fat', [control, `${role.imageName}: ${complete ? '' : 'more than '}${programs} programs and libraries`]);
  return [control, `GET /export?file=${name}, which does not exist: ${status}`];
}
