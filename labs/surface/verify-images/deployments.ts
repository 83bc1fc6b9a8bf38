import type { NestedContainer, ScriptResult } from '#lab';
import type { Manifest, Registry, Tools } from './registry.ts';
import { findShop, registryOf, releaseOf, running } from './shop.ts';

const script = '/srv/shop/deploy.sh';
const limitMs = 25_000;

/** What a series of trial deployments starts from, and leaves behind until its end. */
export interface Deployments {
  readonly registry: Registry;
  /** The container that ran at the start. */
  readonly before: NestedContainer;
  readonly base: Manifest;
  readonly baseDigest: string;
  /** Digests of manifests that were pushed; removed at the end. */
  readonly made: string[];
}

/**
 * Runs `trials`, then has deploy.sh bring back, without an argument, what ran before, and removes what was pushed. Throws NotYet (`default-changed`) when the trials went
 * well and that does not.
 */
export async function withDeployments<Result>(tools: Tools, trials: (deployments: Deployments) => Promise<Result>): Promise<Result> {
  const { sandbox, notYet } = tools;
  const registry = await registryOf(tools);
  const facts = await sandbox.stat(script);
  if (facts?.kind !== 'file' || (facts.mode & 0o111) === 0)
    throw notYet('deploy-missing', [`${script}: ${facts === undefined ? 'is not there' : `mode ${facts.mode.toString(8)}`}`]);
  const before = await findShop(tools);
  const release = await releaseOf(tools, registry, before);
  const found = release === undefined ? undefined : await registry.manifest(release.digest);
  if (release === undefined || found === undefined)
    throw notYet('runs-unsigned', [`the registry has no manifest for the image of ${before.name}, ${before.imageId}`]);

  const made: string[] = [];
  const images = new Set((await running(tools)).map(({ imageId }) => imageId));
  let result: Result;
  try {
    result = await trials({ registry, before, base: found.manifest, baseDigest: release.digest, made });
  } catch (error) {
    await putBack(tools, registry, made, images);
    throw error;
  }
  const { exitCode, output } = await putBack(tools, registry, made, images);
  if (!(await runsImage(tools, before)))
    throw notYet('default-changed', [
      `${script} without an argument: exit status ${exitCode}, ${output.trim().split('\n').at(-1) ?? ''}`,
      `${before.imageId} does not run afterwards`,
    ]);
  return result;
}

/** Calls the script as CI does. What it has done the callers see for themselves. */
export async function callDeploy({ sandbox }: Tools, reference?: string): Promise<ScriptResult> {
  return sandbox.runOnHost(reference === undefined ? script : `${script} ${reference}`, { timeoutMs: limitMs });
}

export async function runsImage(tools: Tools, { imageId }: { imageId: string }): Promise<boolean> {
  return (await running(tools)).some((container) => container.imageId === imageId);
}

/** It has neither been replaced nor started anew. */
export async function isUntouched(tools: Tools, { id, startedAt }: NestedContainer): Promise<boolean> {
  return (await running(tools)).some((container) => container.id === id && container.startedAt === startedAt);
}

async function putBack(tools: Tools, registry: Registry, made: readonly string[], kept: ReadonlySet<string>): Promise<ScriptResult> {
  const result = await callDeploy(tools);
  for (const digest of made) await registry.remove(digest);
  const images = (await running(tools)).map(({ imageId }) => imageId);
  await tools.sandbox.runOnHost(pruneScript([...kept, ...images]));
  return result;
}

/** Images of trial releases that were pulled: they bear the label `lab.build`, which no other has. */
function pruneScript(kept: readonly string[]): string {
  return `docker images --quiet --no-trunc --filter label=lab.build | sort -u | grep -vxF ${kept.map((id) => `-e ${id}`).join(' ')} | xargs --no-run-if-empty docker rmi --force`;
}
