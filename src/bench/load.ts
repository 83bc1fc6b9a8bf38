import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { labList } from '#protocol/api.ts';
import { Learner } from './learner.ts';
import { percentile } from './statistics.ts';
import type { Terminal } from './terminal.ts';

const usage = `usage: npm run load -- [--learners N] [--seconds N] [--lab ID] [--url URL]
Lets N learners work in a running course, each with the connections of a browser: pages, the session's events, two terminals.
  --learners  how many at once (default 10)
  --seconds   how long they work after the last has a prompt (default 60)
  --lab       the lab they work in (default: the first that is ready)
  --url       where the course is (default http://127.0.0.1:8080)`;

/** What all learners have met with, in milliseconds. */
interface Log {
  readonly prompt: number[];
  readonly echo: number[];
  readonly answer: number[];
  readonly check: number[];
  readonly failures: string[];
}

const promptLimitMs = 300_000;

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { learners, seconds, url, lab: wanted } = readOptions();
  const lab = wanted ?? (await firstReadyLab(url));
  const log: Log = { prompt: [], echo: [], answer: [], check: [], failures: [] };
  const leaving = new AbortController();
  process.once('SIGINT', () => leaving.abort());
  console.error(`${learners} learners start ${lab} at ${url}`);
  const prompts = Array.from({ length: learners }, () => Promise.withResolvers<void>());
  const work = prompts.map((prompt) =>
    workAsLearner(url, lab, log, leaving.signal, prompt.resolve).catch((error: unknown) => {
      log.failures.push(error instanceof Error ? error.message : String(error));
      prompt.resolve();
    }),
  );
  await Promise.race([Promise.all(prompts.map(({ promise }) => promise)), aborted(leaving.signal)]);
  console.error(`${log.prompt.length} have a prompt; they work for ${seconds} s`);
  await sleep(seconds * 1000, undefined, { signal: leaving.signal }).catch(() => undefined);
  leaving.abort();
  await Promise.all(work);
  print(log);
  if (log.failures.length > 0) process.exitCode = 1;
}

/** A learner at work until `leaving`: then ends the session, so that nothing of it stays. */
async function workAsLearner(url: string, lab: string, log: Log, leaving: AbortSignal, onPrompt: () => void): Promise<void> {
  const clickedAt = performance.now();
  const learner = await Learner.arrive(url);
  const { id } = await learner.startSession(lab);
  try {
    using _events = await learner.followEvents(id, () => undefined);
    await learner.untilReady(id, promptLimitMs, leaving);
    using host = learner.openTerminal(id);
    using _attacker = learner.openTerminal(id, { terminal: 1 });
    await host.waitForPrompt(promptLimitMs);
    log.prompt.push(performance.now() - clickedAt);
    onPrompt();
    await Promise.all([typeCommands(host, log, leaving), readPages(url, learner, id, log, leaving), askForChecks(learner, id, log, leaving)]);
  } finally {
    await learner.endSession(id);
  }
}

/** Types as people do: key by key, a command every few seconds, and waits for what it prints. */
async function typeCommands(terminal: Terminal, log: Log, leaving: AbortSignal): Promise<void> {
  for (let round = 0; !leaving.aborted; round++) {
    terminal.forget();
    for (const key of `docker ps; echo $((${round} + 1))-done`) {
      log.echo.push(await timeEcho(terminal, key));
      await pause(60, 180, leaving);
    }
    await terminal.run('', new RegExp(`^${round + 1}-done`, 'm'));
    await pause(1000, 3000, leaving);
  }
}

function timeEcho(terminal: Terminal, key: string): Promise<number> {
  return new Promise((resolve) => {
    const pressedAt = performance.now();
    terminal.onOutput = () => {
      terminal.onOutput = () => undefined;
      resolve(performance.now() - pressedAt);
    };
    terminal.type(key);
  });
}

async function readPages(url: string, learner: Learner, id: string, log: Log, leaving: AbortSignal): Promise<void> {
  while (!leaving.aborted) {
    for (const ask of [() => learner.session(id), () => fetch(`${url}/api/labs`).then((answer) => answer.arrayBuffer())]) {
      const askedAt = performance.now();
      await ask();
      log.answer.push(performance.now() - askedAt);
    }
    await pause(2000, 4000, leaving);
  }
}

async function askForChecks(learner: Learner, id: string, log: Log, leaving: AbortSignal): Promise<void> {
  for (;;) {
    await pause(10_000, 30_000, leaving);
    if (leaving.aborted) return;
    const askedAt = performance.now();
    await learner.check(id);
    log.check.push(performance.now() - askedAt);
  }
}

function print(log: Log): void {
  const rows = (['prompt', 'echo', 'answer', 'check'] as const).map((name) => {
    const times = log[name];
    const at = (percent: number): string => (times.length === 0 ? '–' : percentile(times, percent).toFixed(1));
    return { what: name, count: times.length, 'p50 ms': at(50), 'p95 ms': at(95), 'max ms': at(100) };
  });
  console.table(rows);
  console.log(`${log.failures.length} failures`);
  for (const failure of log.failures) console.log(`  ${failure}`);
}

async function firstReadyLab(url: string): Promise<string> {
  const { labs } = labList.parse(await (await fetch(`${url}/api/labs`)).json());
  const lab = labs.find(({ availability }) => availability.state === 'ready');
  if (lab === undefined) throw new Error(`No lab is ready at ${url}`);
  return lab.id;
}

function readOptions(): { learners: number; seconds: number; url: string; lab: string | undefined } {
  const { values } = parseArgs({
    options: {
      learners: { type: 'string', default: '10' },
      seconds: { type: 'string', default: '60' },
      lab: { type: 'string' },
      url: { type: 'string', default: 'http://127.0.0.1:8080' },
      help: { type: 'boolean', default: false },
    },
  });
  const [learners, seconds] = [Number(values.learners), Number(values.seconds)];
  if (values.help || !(learners >= 1) || !(seconds >= 1)) throw new Error(usage);
  return { learners, seconds, url: values.url.replace(/\/$/, ''), lab: values.lab };
}

async function pause(leastMs: number, mostMs: number, leaving: AbortSignal): Promise<void> {
  await sleep(leastMs + Math.random() * (mostMs - leastMs), undefined, { signal: leaving }).catch(() => undefined);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
