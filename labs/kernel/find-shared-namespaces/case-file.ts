import type { Evidence } from '#lab';
import { secretOf, type Tools } from './websites.ts';

const shares = ['pid', 'net', 'ipc', 'uts', 'mnt', 'none'] as const;

/** Where the learner writes down what was found; setup.sh lays it out. */
const path = '/root/case.txt';

/** Compares the learner's notes with what setup.sh did. Says how many answers are right, not which. */
export async function checkCaseFile(tools: Tools): Promise<Evidence> {
  const content = new TextDecoder().decode(await tools.sandbox.readFile(path));
  const answers = new Map(
    [...content.matchAll(/^[ \t]*(web-[1-6]|all)[ \t]*:[ \t]*(\w+)/gim)].map(([, who = '', what = '']) => [who.toLowerCase(), what.toLowerCase()]),
  );
  const truth = await truthOf(tools);
  const open = [...truth.keys()].filter((who) => !answers.has(who));
  if (open.length > 0) throw tools.notYet('case-open', [`${path}: no answer for ${open.join(', ')}`]);
  const right = [...truth].filter(([who, what]) => answers.get(who) === what).length;
  if (right < truth.size) throw tools.notYet('case-wrong', [`${path}: ${right} of ${truth.size} answers are right`]);
  return [`${path}: ${right} of ${truth.size} answers are right`];
}

async function truthOf({ sandbox }: Tools): Promise<ReadonlyMap<string, string>> {
  const ranked = await Promise.all(shares.map(async (share) => `${await secretOf(sandbox, share)} ${share}`));
  const ordered = ranked.toSorted().map((line) => line.split(' ')[1] ?? '');
  return new Map([...ordered.map((share, index) => [`web-${index + 1}`, share] as const), ['all', 'user']]);
}
