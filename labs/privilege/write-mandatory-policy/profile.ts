import { Inconclusive } from '#lab';
import type { CheckTools, SandboxView } from '#lab';
import type lab from './lab.ts';

export type Tools = CheckTools<typeof lab>;

const profilePath = '/root/lsm/web.apparmor';
export const profileName = 'docker-web';

/** A question as `ask-profile` takes it: `['file', '/etc/passwd']`. */
export type Question = readonly [kind: 'file' | 'network' | 'capability' | 'signal' | 'mount' | 'change', ...words: string[]];

/** What the compiled profile says, as the kernel would look it up in the automaton. */
export interface CompiledProfile {
  readonly mode: string;
  /** The answer to a question: `allowed`, `denied`, or for a file `owner rw others r`. */
  answerTo(question: Question): string;
}

interface Answers {
  readonly profiles: readonly { readonly name: string; readonly mode: string }[];
  readonly answers: readonly string[];
}

const compiled = new WeakMap<SandboxView, Promise<CompiledProfile>>();

/**
 * Compiles the learner's profile in the box with the real apparmor_parser and asks the result, once in a run of checks. Throws NotYet when there is no
 * profile, when it does not compile, or when the file holds something other than the one profile docker-web.
 */
export function compileProfile(tools: Tools, questions: readonly Question[]): Promise<CompiledProfile> {
  const known = compiled.get(tools.sandbox) ?? compile(tools, questions);
  compiled.set(tools.sandbox, known);
  return known;
}

async function compile({ sandbox, notYet }: Tools, questions: readonly Question[]): Promise<CompiledProfile> {
  const content = await sandbox.readFile(profilePath, 256 * 1024);
  if (content === undefined) throw notYet('profile-missing', [`${profilePath}: no such file`]);
  const { ok, output } = await sandbox.runInBox(['ask-profile', 'web.apparmor', '--questions', 'questions.json'], {
    files: { 'web.apparmor': content, 'questions.json': JSON.stringify(questions) },
  });
  if (!ok) throw notYet('profile-does-not-compile', ['validated artefact: apparmor_parser refuses it', ...lastLines(output)]);
  const { profiles, answers } = parseAnswers(output);
  const [profile, ...others] = profiles;
  if (profile?.name !== profileName || others.length > 0)
    throw notYet('profile-name', [`profiles in ${profilePath}: ${profiles.map(({ name }) => name).join(', ') || 'none'}`]);
  return {
    mode: profile.mode,
    answerTo: (question) => answers[questions.findIndex((asked) => asked.join('\n') === question.join('\n'))] ?? unanswered(question),
  };
}

/** The end of what a tool said: enough to see the line and the reason. */
export function lastLines(output: string): readonly string[] {
  return output
    .trim()
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-4)
    .map((line) => line.slice(0, 240));
}

function parseAnswers(output: string): Answers {
  try {
    return JSON.parse(output) as Answers;
  } catch (error) {
    throw new Inconclusive('control-failed', ['ask-profile gave no answer', String(error), ...lastLines(output)]);
  }
}

function unanswered(question: Question): never {
  throw new Inconclusive('control-failed', [`ask-profile gave no answer to: ${question.join(' ')}`]);
}
