import { Inconclusive } from '#lab';
import type { SandboxView } from '#lab';
import type { Tools } from './profile.ts';
import { lastLines } from './profile.ts';

const modulePath = '/root/lsm/web.te';
export const webType = 'webctr_t';

/** What one type may do to another: `[source, target, class, permissions]`. */
export type AccessQuestion = readonly [source: string, target: string, objectClass: string, permissions: readonly string[]];

export interface AccessAnswer {
  /** The rules, as sesearch writes them, that grant any of the permissions, be it only with some boolean on. */
  readonly rules: readonly string[];
  /** The permissions that are granted whatever the booleans say. */
  readonly always: readonly string[];
}

/** The whole policy with the learner's module in it, as far as it concerns the type of the web container. */
export interface ExpandedPolicy {
  readonly permissive: boolean;
  readonly attributes: readonly string[];
  readonly roles: readonly string[];
  /** Types into which a process of the web container may turn. */
  readonly transitions: readonly string[];
  answerTo(question: AccessQuestion): AccessAnswer;
}

interface Answers extends Omit<ExpandedPolicy, 'answerTo'> {
  readonly exists: boolean;
  readonly answers: readonly AccessAnswer[];
}

const built = new WeakMap<SandboxView, Promise<ExpandedPolicy>>();

/**
 * Compiles the learner's module, links it with Debian's reference policy for containers and expands the whole, in the box and with the real tools, once in a
 * run of checks. Throws NotYet when there is no module, when a step refuses it, or when it does not define webctr_t.
 */
export function buildPolicy(tools: Tools, questions: readonly AccessQuestion[]): Promise<ExpandedPolicy> {
  const known = built.get(tools.sandbox) ?? build(tools, questions);
  built.set(tools.sandbox, known);
  return known;
}

async function build({ sandbox, notYet }: Tools, questions: readonly AccessQuestion[]): Promise<ExpandedPolicy> {
  const content = await sandbox.readFile(modulePath, 256 * 1024);
  if (content === undefined) throw notYet('module-missing', [`${modulePath}: no such file`]);
  const script = 'build-policy web.te web.policy || exit 3; exec ask-policy web.policy "$1" questions.json';
  const { ok, exitCode, output } = await sandbox.runInBox(['sh', '-c', script, 'sh', webType], {
    files: { 'web.te': content, 'questions.json': JSON.stringify(questions) },
  });
  if (exitCode === 3) {
    const message = output.includes('neverallow violated') ? 'module-breaks-neverallow' : 'module-does-not-build';
    throw notYet(message, ['validated artefact: the SELinux tools refuse it', ...lastLines(output)]);
  }
  if (!ok) throw new Inconclusive('control-failed', ['ask-policy gave no answer', ...lastLines(output)]);
  const facts = JSON.parse(output) as Answers;
  if (!facts.exists) throw notYet('module-without-type', [`${webType}: not in the expanded policy`]);
  return {
    ...facts,
    answerTo(question) {
      const answer = facts.answers[questions.indexOf(question)];
      if (answer === undefined) throw new Inconclusive('control-failed', [`ask-policy gave no answer to: ${nameOf(question)}`]);
      return answer;
    },
  };
}

/** `webctr_t container_file_t:file { read open }` */
export function nameOf([source, target, objectClass, permissions]: AccessQuestion): string {
  return `${source} ${target}:${objectClass} { ${permissions.join(' ')} }`;
}
