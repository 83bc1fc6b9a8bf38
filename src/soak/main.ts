import { startCourse, type Course } from '../bench/course.ts';
import { makeReady } from '../start/make-ready.ts';
import { chanceFrom } from './chance.ts';
import { checkProgress } from './check-progress.ts';
import { comeToRest, compareRests } from './come-to-rest.ts';
import { killAtRandom } from './kill-at-random.ts';
import { openLedger, type Ledger } from './ledger.ts';
import { readOptions, usage, type SoakOptions } from './options.ts';
import { planTour, planVisits, type VisitPlan } from './plan-visit.ts';
import { printReport } from './report.ts';
import { visit } from './visit.ts';
import type { Visitor } from './visitor.ts';

const warm = 3;
const sayEveryMs = 10_000;

const begunAt = performance.now();
const options = readOptionsOrExit();
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interruption.abort());

try {
  process.exitCode = (await soak(interruption.signal)) ? 0 : 1;
} catch (error) {
  if (!interruption.signal.aborted) console.error(error);
  process.exitCode = interruption.signal.aborted ? 130 : 1;
}

/** The whole run. True: nothing was left behind, and no promise broken. */
async function soak(signal: AbortSignal): Promise<boolean> {
  await makeReady('npm run soak', say);
  say(`${options.cycles} cycles, ${options.parallel} at a time, seed ${options.seed}, data in ${options.dataDirectory}`);
  await using course = await startCourse(options.dataDirectory, warm);
  const labs = await course.startableLabs((line) => {
    signal.throwIfAborted();
    say(line);
  });
  const chance = chanceFrom(options.seed);
  const visits = planVisits(chance, labs, options.cycles);
  const tour = openLedger();
  say(`once through everything in ${labs.length} labs`);
  await makeVisits(course, planTour(labs), tour, signal);
  if (tour.violations.length > 0) throw new Error(`Already without kills:\n${tour.violations.join('\n')}`);
  const before = await comeToRest(course, signal);
  course.setWarm(warm);
  course.kill('keeper');
  say(`counted; now ${options.killPauseSeconds > 0 ? 'with' : 'without'} kills`);
  const ledger = openLedger();
  const visitors = await underFire(course, ledger, signal, () => makeVisits(course, visits, ledger, signal));
  for (const visitor of visitors) await checkProgress(visitor, ledger, signal);
  say('all visits made; coming to rest');
  const after = await comeToRest(course, signal, before.census);
  const differences = compareRests(before, after);
  printReport(before, after, differences, ledger);
  return differences.length === 0 && ledger.violations.length === 0;
}

/** Does `act` while things are killed. */
async function underFire<Result>(course: Course, ledger: Ledger, signal: AbortSignal, act: () => Promise<Result>): Promise<Result> {
  if (options.killPauseSeconds === 0) return act();
  const ceasefire = new AbortController();
  const killing = killAtRandom(course, chanceFrom(options.seed + 1), ledger, options.killPauseSeconds * 1000, AbortSignal.any([signal, ceasefire.signal]));
  try {
    return await act();
  } finally {
    ceasefire.abort();
    await killing;
  }
}

/** Several learners side by side, each making one visit after the other. */
async function makeVisits(course: Course, plans: readonly VisitPlan[], ledger: Ledger, signal: AbortSignal): Promise<Visitor[]> {
  const waiting = [...plans];
  const visitors: Visitor[] = [];
  const progress = setInterval(() => {
    say(
      `${visitors.length}/${plans.length} cycles, ${ledger.kills.length} kills, ${ledger.lost.length} sessions gone with them, ${ledger.violations.length} failures`,
    );
  }, sayEveryMs);
  const oneAfterTheOther = async (): Promise<void> => {
    for (let plan = waiting.shift(); plan !== undefined && !signal.aborted; plan = waiting.shift()) {
      const failuresBefore = ledger.violations.length;
      visitors.push(await visit(course, plan, ledger, signal));
      for (const violation of ledger.violations.slice(failuresBefore)) say(`FAILED ${violation}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: options.parallel }, oneAfterTheOther));
  } finally {
    clearInterval(progress);
  }
  signal.throwIfAborted();
  return visitors;
}

function say(line: string): void {
  const seconds = Math.round((performance.now() - begunAt) / 1000);
  console.log(`[${String(seconds).padStart(4)} s] ${line}`);
}

function readOptionsOrExit(): SoakOptions {
  try {
    return readOptions();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}
