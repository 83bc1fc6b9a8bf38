import { instanceIn } from '#sandbox/host/instance.ts';
import { connectEngine } from '#sandbox/engine/connection.ts';
import { leaseEngine } from '#sandbox/keeper/engine-lease.ts';
import { makeReady } from '../start/make-ready.ts';
import { burst } from './burst.ts';
import { busy } from './busy.ts';
import { checkLatency } from './check-latency.ts';
import { coldStart } from './cold-start.ts';
import { startCourse } from './course.ts';
import { dockerEvent } from './docker-event.ts';
import { echoLatency } from './echo-latency.ts';
import { interrupt } from './interrupt.ts';
import { lessonJavaScript } from './lesson-javascript.ts';
import { describeMachine } from './machine.ts';
import type { Measurement } from './measurement.ts';
import { memory } from './memory.ts';
import { readOptions, usage, type BenchOptions } from './options.ts';
import { printTable } from './print-results.ts';
import { reattachment } from './reattachment.ts';
import { Results } from './results.ts';
import { throughput } from './throughput.ts';
import { warmStart } from './warm-start.ts';
import { writeIntoReadme } from './write-readme.ts';

const measurements: readonly Measurement[] = [
  lessonJavaScript,
  coldStart,
  checkLatency,
  dockerEvent,
  echoLatency,
  throughput,
  interrupt,
  busy,
  burst,
  memory,
  warmStart,
  reattachment,
];

const begunAt = performance.now();
const options = readOptionsOrExit();
const started = new AsyncDisposableStack();
let isInterrupted = false;
let ending: Promise<void> | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void endEarly());

try {
  await main();
} catch (error) {
  if (!isInterrupted) console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  // While it is being ended early, whoever does that decides when the process is over.
  if (!isInterrupted) await endAll();
}

async function main(): Promise<void> {
  const chosen = measurements.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
  if (chosen.length === 0) throw new Error(`--only knows: ${measurements.map(({ name }) => name).join(', ')}`);
  await makeReady('npm run bench', say);
  const instance = instanceIn(options.dataDirectory);
  say(`data in ${options.dataDirectory}`);
  // Kept over the courses, so that the engine is not started again for each.
  const leasing = leaseEngine(instance);
  started.defer(async () => (await leasing)[Symbol.asyncDispose]());
  await leasing;
  const machine = await describeMachine(connectEngine(instance.engineSocket));
  const results = new Results();
  for (const warm of [0, 1] as const)
    await measureAll(
      chosen.filter((measurement) => measurement.warm === warm),
      warm,
      results,
    );
  const seconds = Math.round((performance.now() - begunAt) / 1000);
  if (options.writesReadme) await writeIntoReadme(machine, results.all);
  if (!options.isJson) printTable(results.all);
  console.log(JSON.stringify({ machine, mode: options.isQuick ? 'quick' : 'full', seconds, figures: results.all }, null, 2));
}

/** Measures with a course that keeps `warm` sandboxes ready for each lab. */
async function measureAll(chosen: readonly Measurement[], warm: number, results: Results): Promise<void> {
  if (chosen.length === 0) return;
  const starting = startCourse(options.dataDirectory, warm);
  const ofCourse = new AsyncDisposableStack();
  started.use(ofCourse);
  ofCourse.defer(async () => (await starting)[Symbol.asyncDispose]());
  const course = await starting;
  say(`course with ${warm} warm at ${course.url}`);
  for (const measurement of chosen) {
    say(measurement.name);
    try {
      await measurement.run({ course, results, times: (full, quick) => (options.isQuick ? quick : full), say });
    } catch (error) {
      if (isInterrupted) throw error;
      say(`${measurement.name} could not be finished: ${error instanceof Error ? error.message : String(error)}`);
      results.recordFailure(measurement.name, error);
    }
  }
  await ofCourse.disposeAsync();
}

/** Ends all that was started. A signal during the regular end waits for that one. */
function endAll(): Promise<void> {
  return (ending ??= started.disposeAsync());
}

async function endEarly(): Promise<void> {
  if (isInterrupted) return;
  isInterrupted = true;
  say('ending');
  await endAll().catch((error: unknown) => console.error(error));
  process.exit(130);
}

/** Progress goes to standard error: standard output is for the figures. */
function say(line: string): void {
  const seconds = Math.round((performance.now() - begunAt) / 1000);
  console.error(`[${String(seconds).padStart(3)} s] ${line}`);
}

function readOptionsOrExit(): BenchOptions {
  try {
    return readOptions();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}
