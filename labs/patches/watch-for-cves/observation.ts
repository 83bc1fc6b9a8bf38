import { Inconclusive, type SandboxView } from '#lab';
import { makeFeed, type Feed } from './feed.ts';
import { containerOf, serviceNames, type Service, type Tools } from './harbour.ts';
import { readReport, type Report } from './report.ts';

/** A report may be this old. */
const oldestMs = 120_000;
/** The learner was told 20 seconds; so long it may take on a busy machine, unless two more reports without the news have come meanwhile. */
const waitMs = 35_000;
const toldMs = 20_000;
/** After the first news of the new day, for a job that writes its report bit by bit. */
const settleMs = 10_000;

/** A container that the report must know: its service decides what is known against it. */
export interface Expected {
  readonly name: string;
  readonly imageId: string;
  readonly service: Service;
  /** Major version of Node, for a service that runs on it. */
  readonly node: string | undefined;
  /** Started by the check. */
  readonly isVisitor: boolean;
}

/** What the report said after new advisories had come and one more container had been started. */
export interface Observation {
  readonly feed: Feed;
  readonly expected: readonly Expected[];
  readonly report: Report;
  readonly seconds: number;
}

/** What the report gets wrong, by task. */
export interface Judgement {
  readonly missed: readonly string[];
  readonly wrong: readonly string[];
  readonly images: readonly string[];
  readonly absent: readonly string[];
  readonly priorities: readonly string[];
  readonly ends: readonly string[];
}

const made = new WeakMap<SandboxView, Promise<Observation>>();

/** The observation, made once a run of checks. */
export function observe(tools: Tools): Promise<Observation> {
  const observation = made.get(tools.sandbox) ?? makeObservation(tools);
  made.set(tools.sandbox, observation);
  return observation;
}

async function makeObservation(tools: Tools): Promise<Observation> {
  const { sandbox, notYet } = tools;
  const before = await readReport(tools);
  const ageMs = Date.now() - before.generatedAt;
  if (ageMs > oldestMs) throw notYet('report-stale', [`generatedAt is ${Math.round(ageMs / 1000)} s ago`]);
  const own = await Promise.all(
    serviceNames.map(async (service): Promise<Expected> => {
      const { name, imageId, config } = await containerOf(tools, service);
      return { name, imageId, service, node: nodeOf(service, config['Env']), isVisitor: false };
    }),
  );
  const feed = makeFeed(sandbox);
  const visitor = await startVisitor(sandbox, own);
  try {
    await sandbox.plantFile({ path: feed.path, content: feed.archive, mode: 0o644 });
    return await waitForNews(tools, feed, [...own, visitor]);
  } finally {
    await sandbox.runOnHost(`docker rm --force ${visitor.name}`);
  }
}

/** The major version that the image's own NODE_VERSION says; what the services came with, when it says nothing. */
function nodeOf(service: Service, environment: unknown): string | undefined {
  const usual = { shop: '22', tide: '18', crane: undefined, board: undefined }[service];
  if (usual === undefined || !Array.isArray(environment)) return usual;
  const version = environment.map(String).find((line) => line.startsWith('NODE_VERSION='));
  return /=(\d+)\./.exec(version ?? '')?.[1] ?? usual;
}

/** One more container from an image of one of the services, under a name that stands in no file. */
async function startVisitor(sandbox: SandboxView, own: readonly Expected[]): Promise<Expected> {
  const model = own[Number.parseInt(sandbox.random(1), 16) % own.length];
  if (model === undefined) throw new Error('there are no services');
  const name = `visitor-${sandbox.random(4)}`;
  const labels = Object.entries(sandbox.probeLabels).map(([key, value]) => `--label '${key}=${value}'`);
  const { ok, output } = await sandbox.runOnHost(`docker run --detach --rm --name ${name} ${labels.join(' ')} --entrypoint sleep ${model.imageId} 90`);
  if (!ok) throw new Inconclusive('control-failed', [`docker run ${model.imageId.slice(0, 19)}: ${output.slice(0, 300)}`]);
  return { ...model, name, isVisitor: true };
}

async function waitForNews(tools: Tools, feed: Feed, expected: readonly Expected[]): Promise<Observation> {
  const start = Date.now();
  let limit = start + waitMs;
  let hasNews = false;
  const seen = new Set<number>();
  for (;;) {
    const report = await readReport(tools);
    seen.add(report.generatedAt);
    const isNews = report.containers.some(({ findings }) => findings.some(({ id }) => id.startsWith(feed.idStart)));
    if (isNews && !hasNews) limit = Math.min(limit, Date.now() + settleMs);
    hasNews ||= isNews;
    const observation = { feed, expected, report, seconds: Math.round((Date.now() - start) / 100) / 10 };
    if (hasNews && Object.values(judge(observation)).every((problems: readonly string[]) => problems.length === 0)) return observation;
    // The first of them is from before, and the second may have been begun before the advisories came.
    const hasIgnored = !hasNews && seen.size > 3 && Date.now() > start + toldMs;
    if (hasNews && Date.now() > limit) return observation;
    if (hasIgnored || Date.now() > limit) {
      const age = Math.round((Date.now() - report.generatedAt) / 1000);
      throw tools.notYet('not-rescanned', [
        `${observation.seconds} s after ${feed.path} came, in the report of ${age} s ago: none of its CVEs (${feed.idStart}…)`,
      ]);
    }
    await tools.sandbox.sleep(700);
  }
}

/** So many lines and characters are shown of what the learner's report says. */
const shown = { lines: 8, characters: 200 };

/** Compares the report with what was to be in it. */
export function judge(observation: Observation): Judgement {
  const problems = findProblems(observation);
  const short = (lines: readonly string[]): readonly string[] => lines.slice(0, shown.lines).map((line) => line.slice(0, shown.characters));
  return {
    missed: short(problems.missed),
    wrong: short(problems.wrong),
    images: short(problems.images),
    absent: short(problems.absent),
    priorities: short(problems.priorities),
    ends: short(problems.ends),
  };
}

function findProblems({ feed, expected, report }: Observation): Judgement {
  const result = {
    missed: [] as string[],
    wrong: [] as string[],
    images: [] as string[],
    absent: [] as string[],
    priorities: [] as string[],
    ends: [] as string[],
  };
  for (const { name, imageId, service, node } of expected) {
    const { id, priority, why } = feed.news[service];
    const entry = report.containers.find((container) => container.name === name);
    if (entry === undefined) {
      result.missed.push(`${name} (${service}, ${imageId.slice(0, 19)}): not in the report`);
      continue;
    }
    if (entry.imageId !== imageId) result.images.push(`${name}: runs from ${imageId}, the report says ${entry.imageId}`);
    const fresh = entry.findings.filter((finding) => finding.id.startsWith(feed.idStart));
    if (!fresh.some((finding) => finding.id === id)) result.absent.push(`${name}: without ${id}`);
    result.wrong.push(...fresh.filter((finding) => finding.id !== id).map((finding) => `${name}: ${finding.id} does not concern it`));
    for (const finding of fresh) {
      if (finding.id === id && finding.priority !== priority)
        result.priorities.push(`${name}: ${id} (${why}) is "${String(finding.priority)}", not "${priority}"`);
    }
    result.ends.push(...judgeEnds(name, entry.endOfLife, node === undefined ? undefined : { cycle: node, date: feed.nodejs[node] }));
  }
  return result;
}

function judgeEnds(
  name: string,
  said: Report['containers'][number]['endOfLife'],
  runtime: { cycle: string; date: string | undefined } | undefined,
): readonly string[] {
  const ended = runtime?.date !== undefined && runtime.date < new Date().toISOString().slice(0, 10) ? runtime : undefined;
  const wanted = ended === undefined ? 'nothing' : `nodejs ${ended.cycle} since ${ended.date}`;
  const got = said.map(({ product, cycle, date }) => `${String(product)} ${String(cycle)} since ${String(date)}`).join(', ') || 'nothing';
  return got === wanted ? [] : [`${name}: past its end is ${wanted}, the report says ${got}`];
}
