import type { Evidence } from '#lab';
import { parseYaml } from './compose.ts';
import { judgeDependabot } from './dependabot.ts';
import type { Flaw } from './flaw.ts';
import type { Tools } from './harbour.ts';
import { judgeRenovate } from './renovate.ts';
import { isRecord } from './report.ts';

const folder = '/srv/harbour';
/** Where Renovate looks first; .github/dependabot.yml is the only place of Dependabot. */
const renovateFiles = ['renovate.json', '.github/renovate.json', '.renovaterc.json', '.renovaterc'];
const dependabotFiles = ['.github/dependabot.yml', '.github/dependabot.yaml'];

/** The settings of an update bot: no bot runs here, they are held against rules of our own. One file in order is enough. */
export async function checkBot(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const flaws: Flaw[] = [];
  for (const file of [...renovateFiles, ...dependabotFiles]) {
    const content = await sandbox.readFile(`${folder}/${file}`);
    if (content === undefined) continue;
    const text = new TextDecoder().decode(content);
    const isRenovate = renovateFiles.includes(file);
    const settings = isRenovate ? parseJson(text) : await parseYaml(tools, text);
    const unreadable: Flaw = { message: 'bot-unreadable', evidence: `no ${isRenovate ? 'JSON object' : 'YAML mapping'}` };
    const judgeSettings = isRenovate ? judgeRenovate : judgeDependabot;
    const flaw = isRecord(settings) ? judgeSettings(settings) : unreadable;
    if (flaw === undefined) return [`${folder}/${file}: watches the images of the Compose file, with a schedule`];
    flaws.push({ message: flaw.message, evidence: `${folder}/${file}: ${flaw.evidence}` });
  }
  const [first] = flaws;
  if (first === undefined) throw notYet('no-bot', [`${folder}: none of ${[...renovateFiles, ...dependabotFiles].join(', ')}`]);
  throw notYet(
    first.message,
    flaws.map(({ evidence }) => evidence),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
