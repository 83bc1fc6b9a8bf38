import { Inconclusive } from '#lab';
import type { ScriptResult } from '#lab';
import type { Repository } from './hidden-repository.ts';
import type lab from './lab.ts';
import { repositories, shippedImage, storage, type Shipped, type Tools } from './registry.ts';

type Message = keyof (typeof lab)['messages'];

const script = '/srv/ci/pipeline.sh';
const inbox = '/srv/ci/inbox';
const version = '1.0.3';
const limitMs = 30_000;
/** The platform's own tools, for making and removing folders. */
const tools = '/usr/lib/schott/probe/busybox';
/** Nothing in the environment tells the script that it is a check who calls. */
const bare = `${tools} env -i PATH="$PATH" HOME=/root USER=root LANG=C.UTF-8`;

/** One repository sent through the learner's pipeline. */
export interface Trial {
  readonly name: string;
  readonly line: string;
  readonly result: ScriptResult;
  readonly shipped: Shipped | undefined;
  /** What came into the registry meanwhile, by whatever name. */
  readonly pushed: readonly string[];
}

/**
 * Calls pipeline.sh with `files` under a name nobody could know, gives the trial to `judge`, and clears away what it has left. Throws NotYet (`pipeline-missing`).
 */
export async function sendThrough<Result>(check: Tools, what: string, files: Repository, judge: (trial: Trial) => Promise<Result>): Promise<Result> {
  const { sandbox } = check;
  const name = await makeFolder(check);
  const path = `${inbox}/${name}`;
  await Promise.all(Object.entries(files).map(([file, content]) => sandbox.plantFile({ path: `${path}/${file}`, content })));
  const before = new Set(await repositories(check));
  try {
    const result = await sandbox.runOnHost(`${bare} ${script} ${path} ${name}`, { timeoutMs: limitMs });
    const shipped = await shippedImage(check, name, version);
    const pushed = (await repositories(check)).filter((one) => !before.has(one));
    if (pushed.length === 0 && (await sandbox.stat(`${storage}/${name}`)) !== undefined) pushed.push(name);
    return await judge({ name, line: `pipeline.sh with ${what}: exit status ${result.exitCode}`, result, shipped, pushed });
  } finally {
    await clear(check, name);
  }
}

/** Throws NotYet unless the trial's image was refused: with an error, and before anything reached the registry. */
export function mustRefuse({ notYet }: Tools, { line, result, shipped, pushed }: Trial, message: Message): string {
  if (result.ok && shipped !== undefined) throw notYet(message, [line, `the registry has ${shipped.digest}`]);
  if (pushed.length > 0) throw notYet('pushed-anyway', [line, `new in the registry: ${pushed.join(', ')}`]);
  if (result.ok) throw notYet('refused-without-error', [line, 'nothing came into the registry']);
  return `${line}, nothing came into the registry`;
}

/** Throws NotYet unless the trial's image is in the registry and the pipeline said so. */
export function mustShip({ notYet }: Tools, { name, line, result, shipped }: Trial, message: Message): Shipped {
  if (!result.ok) throw notYet(message, [line, ...lastLines(result.output)]);
  if (shipped === undefined) throw notYet('good-not-shipped', [line, `the registry has no ${name}:${version}`]);
  return shipped;
}

/** A folder under a name nobody could know, which is the image's name, too. */
async function makeFolder({ sandbox, notYet }: Tools): Promise<string> {
  const facts = await sandbox.stat(script);
  if (facts?.kind !== 'file' || (facts.mode & 0o100) === 0)
    throw notYet('pipeline-missing', [`${script}: ${facts === undefined ? 'not there' : `mode ${facts.mode.toString(8)}`}`]);
  const name = sandbox.random(5);
  const made = await sandbox.runOnHost(`${tools} mkdir -p ${inbox}/${name}`);
  if (!made.ok) throw new Inconclusive('control-failed', [`${inbox}/${name} could not be made`, made.output.slice(0, 300)]);
  return name;
}

/** In the background: nobody has to wait for it. */
async function clear({ sandbox }: Tools, name: string): Promise<void> {
  await sandbox.runOnHost(
    `(${tools} rm -rf ${inbox}/${name} ${storage}/${name} /srv/ci/out/${name}*; docker rmi --force $(docker images --quiet registry.lab:5000/${name})) >/dev/null 2>&1 </dev/null &`,
  );
}

function lastLines(output: string): string[] {
  return output
    .trim()
    .split('\n')
    .slice(-3)
    .map((line) => `it says: ${line.slice(0, 200)}`);
}
