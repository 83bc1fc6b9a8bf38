import { NotYet } from '#lab';
import type { Evidence, RoleContainer } from '#lab';
import { askExport, theReport, workingExport, type Tools } from './report.ts';

/** Ways from a file name into a command of one's own. */
const ways: readonly ((command: string) => string)[] = [
  (command) => `x; ${command}`,
  (command) => `x\n${command}`,
  (command) => `x | ${command}`,
  (command) => `x & ${command}`,
  (command) => `x || ${command}`,
  (command) => `/dev/null; ${command} #`,
  (command) => `/dev/null';${command};'`,
  (command) => `/dev/null";${command};"`,
];

/** Programs to run, each saying something that stands nowhere in the request. */
const commands: readonly ((left: string, right: string) => string)[] = [
  (left, right) => `echo ${left}''${right}`,
  (left, right) => `node -p '"${left}"+"${right}"'`,
];

/** Names of a report that only a shell makes out of this. */
const substitutions: readonly ((left: string, right: string) => string)[] = [
  (left, right) => `$(echo ${left}''${right})`,
  (left, right) => `\`echo ${left}''${right}\``,
];

/** Whatever is written behind the name of a report, no command of a stranger runs. The export works meanwhile, by the same way. */
export async function checkAttack(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const role = await theReport(tools);
  const { name, content, evidence } = await workingExport(tools);
  const attempts = ways.flatMap((way) =>
    commands.map((command) => {
      const [left, right] = [sandbox.random(5), sandbox.random(5)];
      return attempt(tools, role, way(command(left, right)), left + right);
    }),
  );
  const named = substitutions.map((substitute) => attempt(tools, role, substitute(name.slice(0, 9), name.slice(9)), content));
  const answers = await Promise.all([...attempts, ...named]);
  const worked = answers.filter((answer) => typeof answer === 'string');
  if (worked.length > 0) throw notYet('injection-works', worked);
  const broken = answers.find((answer) => answer instanceof NotYet);
  if (broken !== undefined) throw broken;
  return [evidence, `${answers.length} ways to run a command: none did`];
}

/** What was sent, if the answer holds what only the command can have said; why there was no answer, if there was none. */
async function attempt(tools: Tools, role: RoleContainer, file: string, sign: string): Promise<string | NotYet | undefined> {
  try {
    const { body } = await askExport(tools, role, file);
    return body.includes(sign) ? `file=${JSON.stringify(file)}: the command ran` : undefined;
  } catch (error) {
    if (error instanceof NotYet) return error;
    throw error;
  }
}
