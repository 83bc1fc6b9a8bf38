import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inconclusive, NotYet } from '#lab';
import type { Check, Lab, Text } from '#lab';
import { platformMessages, type PlatformMessageId } from '#lab/platform-messages.ts';
import type { CheckResult, TaskVerdict } from '#protocol/verdict.ts';
import { AnswerTooLarge } from '../engine/nested-engine.ts';
import type { SandboxParts } from '../keeper/sandbox-parts.ts';
import { checkTools } from './preflight.ts';
import { viewOf } from './sandbox-view.ts';
import { openSubject, type Subject } from './subject.ts';

/** Marks what this process creates in nested engines, for as long as it lives. */
export const probeMark = `p${randomBytes(8).toString('hex')}`;

/** After this time, unless the lab needs longer, what is still open is inconclusive: a check always ends with a verdict. */
const defaultLimitSeconds = 15;

/** Looking at the tools and the engine is quick, or the engine hangs. */
const preflightLimitMs = 6000;

const maxEvidenceLines = 50;

/** Cleaning up goes on behind the verdict when the nested engine is slow. */
const cleanupLimitMs = 3000;

export interface CheckRequest {
  readonly parts: SandboxParts;
  readonly lab: Lab;
  readonly checks: Readonly<Record<string, Check<Lab>>>;
  /** The Docker host's own cgroup. */
  readonly cgroup: string;
  readonly toolHashes: Readonly<Record<string, string>>;
  /** Somebody has asked for it. Otherwise tasks with `onRequest` are left out: they are inconclusive, with the message `on-request`. */
  readonly isFull: boolean;
}

/** Runs the checks of all tasks of a lab, in order, and gives their verdicts. */
export async function runChecks(request: CheckRequest): Promise<CheckResult> {
  const started = performance.now();
  const limitSeconds = request.lab.checkLimitSeconds ?? defaultLimitSeconds;
  const deadline = Date.now() + limitSeconds * 1000;
  const { subject, end } = await openSubject(request.parts, request.cgroup, request.toolHashes, probeMark);
  const tasks: TaskVerdict[] = [];
  try {
    const obstacle = await inTime(Date.now() + preflightLimitMs, () => before(subject), engineSilent);
    const sandbox = viewOf(subject);
    for (const [id, task] of Object.entries(request.lab.tasks)) {
      const check = request.checks[id];
      const isLeftOut = task.onRequest === true && !request.isFull;
      const verdict = isLeftOut
        ? leftOut()
        : (obstacle ??
          (await inTime(
            deadline,
            () => judge(request.lab, check, sandbox),
            () => tooLate(limitSeconds),
          )));
      tasks.push({ id, ...verdict, points: task.points, bonus: task.bonus === true });
    }
  } finally {
    await Promise.race([end(), sleep(cleanupLimitMs)]);
  }
  const counting = tasks.filter((task) => !task.bonus);
  return {
    passed: counting.filter((task) => task.passed).length,
    total: counting.length,
    points: tasks.filter((task) => task.passed).reduce((sum, task) => sum + task.points, 0),
    tasks,
    checkedAt: new Date().toISOString(),
    milliseconds: Math.round(performance.now() - started),
  };
}

type Verdict = Pick<TaskVerdict, 'passed' | 'state' | 'message' | 'messageId' | 'evidence'>;

/** What makes every task's check pointless: a dead engine, changed tools. */
async function before(subject: Subject): Promise<Verdict | undefined> {
  try {
    await checkTools(subject);
    await subject.nested.ping();
    return undefined;
  } catch (error) {
    if (error instanceof NotYet) return notPassed('failed', error.messageId, platformMessages[error.messageId as PlatformMessageId], error.evidence);
    if (error instanceof Inconclusive)
      return notPassed('inconclusive', error.messageId, platformMessages[error.messageId as PlatformMessageId], error.evidence);
    if (error instanceof AnswerTooLarge) return notPassed('inconclusive', 'too-much', platformMessages['too-much'], [error.message]);
    const reason = error instanceof Error ? error.message : String(error);
    return notPassed('failed', 'engine-down', platformMessages['engine-down'], [reason]);
  }
}

async function judge(lab: Lab, check: Check<Lab> | undefined, sandbox: ReturnType<typeof viewOf>): Promise<Verdict> {
  if (check === undefined) return notPassed('inconclusive', 'check-broken', platformMessages['check-broken'], ['this task has no check']);
  try {
    const evidence = await check({ sandbox, notYet: (messageId, facts) => new NotYet(messageId, facts) });
    return { passed: true, state: 'passed', evidence: evidence.map(shorten) };
  } catch (error) {
    const messageOf = (id: string): Text | undefined => lab.messages[id] ?? platformMessages[id as PlatformMessageId];
    if (error instanceof NotYet) return notPassed('failed', error.messageId, messageOf(error.messageId), error.evidence);
    if (error instanceof Inconclusive) return notPassed('inconclusive', error.messageId, messageOf(error.messageId), error.evidence);
    if (error instanceof AnswerTooLarge) return notPassed('inconclusive', 'too-much', platformMessages['too-much'], [error.message]);
    return notPassed('inconclusive', 'check-broken', platformMessages['check-broken'], [error instanceof Error ? error.message : String(error)]);
  }
}

function inTime<T>(deadline: number, run: () => Promise<T>, otherwise: () => T): Promise<T> {
  const left = deadline - Date.now();
  if (left <= 0) return Promise.resolve(otherwise());
  const running = run();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(otherwise()), left);
    running.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function leftOut(): Verdict {
  return notPassed('inconclusive', 'on-request', platformMessages['on-request'], []);
}

function tooLate(limitSeconds: number): Verdict {
  return notPassed('inconclusive', 'timed-out', platformMessages['timed-out'], [`not finished after ${limitSeconds} s`]);
}

function engineSilent(): Verdict {
  return notPassed('failed', 'engine-down', platformMessages['engine-down'], [`no answer within ${preflightLimitMs / 1000} s`]);
}

function notPassed(state: 'failed' | 'inconclusive', messageId: string, message: Text | undefined, evidence: readonly string[]): Verdict {
  return { passed: false, state, messageId, message: message ?? { de: messageId, en: messageId }, evidence: evidence.slice(0, maxEvidenceLines).map(shorten) };
}

/** Evidence comes from a hostile place: keep lines short and printable. */
function shorten(line: string): string {
  return line.replaceAll(/\p{Cc}/gu, ' ').slice(0, 500);
}
