import { createHash, createPrivateKey } from 'node:crypto';
import { Inconclusive, NotYet } from '#lab';
import type { Evidence } from '#lab';
import { checkDeploy } from './check-deploy.ts';
import { runsImage, withDeployments, type Deployments } from './deployments.ts';
import { pushNewImage } from './new-image.ts';
import { repository, type Tools } from './registry.ts';
import { releaseKey } from './release-key.ts';
import { proveShop } from './shop.ts';
import { pushSignature } from './signature.ts';

const tags = `/var/lib/registry/docker/registry/v2/repositories/${repository}/_manifests/tags`;
const trap = '/usr/local/lib/lab/move-tag';
const mostReads = 3;

/**
 * A tag that is moved to an unsigned image while deploy.sh works does not bring that image to run. The tag moves the moment the registry has looked it up once,
 * in a second trial twice, and so on, as long as the script asks that often.
 */
export async function checkGap(tools: Tools): Promise<Evidence> {
  await checkDeploy(tools).catch((error: unknown) => {
    if (error instanceof NotYet) throw tools.notYet('needs-verification', error.evidence);
    throw error;
  });
  await proveTrap(tools);
  return withDeployments(tools, async (deployments) => {
    const evidence: string[] = [];
    for (let reads = 1; reads <= mostReads; reads++) {
      const line = await tryMoving(tools, deployments, reads);
      if (line === undefined) break;
      evidence.push(line);
    }
    if (evidence.length === 0)
      throw new Inconclusive('control-failed', [`the registry’s own file for the tag, below ${tags}, was never read: the tag could not be moved in time`]);
    return evidence;
  });
}

/** The program that moves the tag is the one of the baked image: one that waits too long would make every script look safe. */
async function proveTrap({ sandbox }: Tools): Promise<void> {
  const genuine = await sandbox.runInBox(['sha256sum', trap]);
  const here = createHash('sha256')
    .update((await sandbox.readFile(trap, 4 * 1024 * 1024)) ?? '')
    .digest('hex');
  if (!genuine.ok || !genuine.output.startsWith(`${here} `))
    throw new Inconclusive('tools-changed', [`${trap} is not the program that came with this host (SHA-256 ${here})`]);
}

/** undefined: the tag was not looked up so often, and so has not moved. */
async function tryMoving(tools: Tools, { registry, base, made }: Deployments, reads: number): Promise<string | undefined> {
  const image = await pushNewImage(tools, registry, base);
  const trojan = await pushNewImage(tools, registry, base);
  made.push(image.digest, trojan.digest, await pushSignature(registry, image.digest, createPrivateKey(releaseKey)));
  const link = `${tags}/${image.tag}/current/link`;
  const result = await tools.sandbox.runOnHost(`${trap} ${link} ${reads} ${trojan.digest} || exit 99; /srv/shop/deploy.sh ${image.reference}`, {
    timeoutMs: 25_000,
  });
  if (result.exitCode === 99) throw new Inconclusive('control-failed', [`the tag cannot be moved: ${result.output.trim().slice(0, 200)}`]);
  if ((await registry.manifest(image.tag))?.digest !== trojan.digest) return undefined;
  const line = `deploy.sh ${image.reference}, the tag moved after look-up ${reads}: exit status ${result.exitCode}`;
  if (await runsImage(tools, trojan)) throw tools.notYet('moved-tag-runs', [`${line}, and the unsigned image runs`]);
  await proveShop(tools);
  return `${line}, the unsigned image does not run`;
}
