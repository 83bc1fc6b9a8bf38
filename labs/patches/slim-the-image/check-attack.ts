import type { Evidence, RoleContainer } from '#lab';
import { askExport, theReport, workingExport, type Tools } from './report.ts';

/** Ways from a file name into a command of one's own. */
const ways: readonly ((command: string) => string)[] = [
  (command) => `x; ${command}`,
  (command) => `x\n${command}`,
  (command) => `x | ${command}`,
  (command) => `x & ${command}`,
  (command) => `x || ${command}`,
  (command) => `$(${command} >&2)`,
  (command) => `\`${command}\``,
  (command) => `/dev/null; ${command} #`,
  (command) => `';${command};'`,
  (command) => `";${command};"`,
];

/** Programs to run, each saying something that stands nowhere in the request. */
const commands: readonly ((left: string, right: string) => string)[] = [
  (left, right) => `echo ${left}''${right}`,
  (left, right) => `node -p '"${left}"+"${right}"'`,
];

/** Whatever is written behind the name of a report, no command of a stranger runs. The export works meanwhile, by the same way. */
export async function checkAttack(tools: Tools): Promise<Evidence> {
  const role = await theReport(tools);
  const control = await workingExport(tools);
  const attempts = ways.flatMap((way) => commands.map((command) => attempt(tools, role, way, command)));
  const worked = (await Promise.all(attempts)).filter((line) => line !== undefined);
  if (worked.length > 0) throw tools.notYet('injection-works', worked);
  return [control, `${attempts.length} ways to append a command: none ran`];
}

async function attempt(
  tools: Tools,
  role: RoleContainer,
  way: (command: string) => string,
  command: (left: string, right: string) => string,
): Promise<string | undefined> {
  const [left, right] = [tools.sandbox.random(5), tools.sandbox.random(5)];
  const file = way(command(left, right));
  const { body } = await askExport(tools, role, file);
  return body.includes(left + right) ? `file=${JSON.stringify(file)}: answered ${left}${right}` : undefined;
}
