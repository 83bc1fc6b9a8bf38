import { setTimeout as sleep } from 'node:timers/promises';
import type { Course } from '../bench/course.ts';
import { setKeeperDeadline, letTimeRunOut, sandboxOf } from './behind-the-scenes.ts';
import type { Ledger } from './ledger.ts';
import type { Deed, VisitPlan } from './plan-visit.ts';
import { SteadyTerminal } from './steady-terminal.ts';
import { countAloud, typeCommand } from './type-command.ts';
import { SessionLost, Visitor } from './visitor.ts';

const commandLimitMs = 90_000;
const overLimitMs = 60_000;

/** A session from its start to its end, and what it must not come across noted in the ledger. Gives the visitor, whose progress must stay. */
export async function visit(course: Course, plan: VisitPlan, ledger: Ledger, signal: AbortSignal): Promise<Visitor> {
  const visitor = await Visitor.arrive(course.url, signal);
  const stay: Stay = { course, plan, ledger, signal, visitor, session: '', askedAt: Date.now(), isReady: false, sandbox: undefined, deed: 'start' };
  try {
    stay.session = (await visitor.startSession(plan.lab, signal)).id;
    await becomeReady(stay);
    for (const deed of plan.deeds) await perform(stay, deed);
    await leave(stay);
  } catch (error) {
    if (signal.aborted) throw error;
    noteFailure(stay, error);
    if (stay.session !== '') await visitor.end(stay.session, signal).catch(() => undefined);
  }
  return visitor;
}

interface Stay {
  readonly course: Course;
  readonly plan: VisitPlan;
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
  readonly visitor: Visitor;
  session: string;
  /** When its present sandbox was asked for. */
  askedAt: number;
  isReady: boolean;
  sandbox: string | undefined;
  /** What is being done, for the report. */
  deed: string;
}

async function becomeReady(stay: Stay): Promise<void> {
  stay.isReady = false;
  await stay.visitor.untilReady(stay.session, stay.signal);
  stay.sandbox = await sandboxOf(stay.course.instance, stay.session);
  stay.isReady = true;
  await withTerminal(stay, async (terminal) => {
    const [a, b] = [stay.plan.number + 1000, 7];
    expectSame(stay, await typeCommand(terminal, `echo $((${a} * ${b}))`, commandLimitMs, stay.signal), String(a * b));
  });
}

async function perform(stay: Stay, deed: Deed): Promise<void> {
  const { visitor, session, plan, signal } = stay;
  stay.deed = deed;
  switch (deed) {
    case 'docker':
      return withTerminal(stay, async (terminal) => {
        const command = 'until docker run --rm lab/bb echo nested 2> /dev/null; do sleep 0.5; done';
        expectSame(stay, await typeCommand(terminal, command, commandLimitMs, signal), 'nested');
      });
    case 'count':
      return withTerminal(stay, async (terminal) => {
        const amiss = await countAloud(terminal, plan.countMs, signal);
        if (amiss !== undefined && !hadNewShell(stay, terminal)) stay.ledger.noteViolation(`${name(stay)}: a line was lost or doubled: ${amiss}`);
      });
    case 'check': {
      const { tasks } = await visitor.check(session, plan.lab, signal);
      if (tasks.length === 0) stay.ledger.noteViolation(`${name(stay)}: a check without tasks`);
      return;
    }
    case 'flag':
      return withTerminal(stay, async (terminal) => {
        const flag = await typeCommand(terminal, 'cat /root/flag.txt', commandLimitMs, signal);
        if (!(await visitor.handInFlag(session, plan.lab, flag, signal))) stay.ledger.noteViolation(`${name(stay)}: the flag ${flag} was refused`);
      });
    case 'solve': {
      const script = Buffer.from(await visitor.solution(session, signal)).toString('base64');
      await withTerminal(stay, (terminal) => typeCommand(terminal, `base64 -d <<< ${script} > /tmp/s; bash /tmp/s > /tmp/o 2>&1`, commandLimitMs, signal));
      await visitor.check(session, plan.lab, signal);
      return;
    }
    case 'reset': {
      const before = stay.sandbox;
      stay.askedAt = Date.now();
      stay.isReady = false;
      await visitor.reset(session, signal);
      await becomeReady(stay);
      if (stay.sandbox === before) stay.ledger.noteViolation(`${name(stay)}: after the reset it is the same sandbox`);
      return;
    }
    case 'attacker':
      return withTerminal(stay, async (terminal) => expectSame(stay, await typeCommand(terminal, 'hostname', commandLimitMs, signal), 'attacker'), 1);
    case 'away':
      return withTerminal(stay, async (terminal) => {
        const mark = `kept-${plan.number}`;
        await typeCommand(terminal, `kept=${mark}`, commandLimitMs, signal);
        terminal.hangUp();
        await sleep(plan.countMs / 2);
        terminal.reopen();
        const kept = await typeCommand(terminal, 'echo $kept', commandLimitMs, signal);
        if (!hadNewShell(stay, terminal)) expectSame(stay, kept, mark);
      });
  }
}

async function leave({ course, plan, visitor, session, sandbox, ledger, signal, ...stay }: Stay): Promise<void> {
  switch (plan.ending) {
    case 'end':
      await visitor.end(session, signal);
      break;
    case 'vanish':
      visitor.endWithoutWaiting(session);
      // The request may have been cut off on the way, as in life; then somebody ends it later.
      if (!(await visitor.untilOver(session, 5000, signal))) await visitor.end(session, signal);
      break;
    case 'expire':
      if (sandbox === undefined || !(await setKeeperDeadline(course.instance, sandbox, Date.now() + 500))) await visitor.end(session, signal);
      break;
    case 'overdue':
      letTimeRunOut(course.instance, session);
      break;
  }
  if (!(await visitor.untilOver(session, overLimitMs, signal)))
    ledger.noteViolation(`visit ${plan.number} (${plan.lab}, ${stay.deed}): the session is not over ${overLimitMs / 1000} s after ${plan.ending}`);
}

/** A terminal for the length of `act`; a shell that was replaced or bytes that are missing without cause are noted. */
async function withTerminal(stay: Stay, act: (terminal: SteadyTerminal) => Promise<unknown>, number = 0): Promise<void> {
  using terminal = new SteadyTerminal(stay.visitor, stay.session, number);
  await act(terminal);
  if (terminal.newShells > 0 && !stay.ledger.mayHaveNewShell(stay.sandbox, stay.askedAt))
    stay.ledger.noteViolation(`${name(stay)}: another shell, without cause`);
  if (terminal.gaps > 0 && terminal.newShells === 0) stay.ledger.noteViolation(`${name(stay)}: ${terminal.gaps} gaps in the terminal's bytes`);
}

function hadNewShell(stay: Stay, terminal: SteadyTerminal): boolean {
  return terminal.newShells > 0 && stay.ledger.mayHaveNewShell(stay.sandbox, stay.askedAt);
}

function expectSame(stay: Stay, shown: string, wanted: string): void {
  // A shell that was replaced meanwhile may show its prompt as well.
  if (!shown.split('\n').includes(wanted)) stay.ledger.noteViolation(`${name(stay)}: the terminal shows ${JSON.stringify(shown)} instead of ${wanted}`);
}

function noteFailure(stay: Stay, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  const isExcused = stay.ledger.mayHaveFailed(stay.sandbox, stay.askedAt, stay.isReady);
  if (error instanceof SessionLost && isExcused) stay.ledger.noteLost(`${name(stay)}: ${reason}`);
  else stay.ledger.noteViolation(`${name(stay)}: ${reason}`);
}

function name({ plan, deed, sandbox }: Stay): string {
  return `visit ${plan.number} (${plan.lab}, ${deed}, sandbox ${sandbox ?? 'none'})`;
}
