import { generateKeyPairSync, createPrivateKey } from 'node:crypto';
import type { Evidence, SandboxView } from '#lab';
import { callDeploy, isUntouched, runsImage, withDeployments, type Deployments } from './deployments.ts';
import type lab from './lab.ts';
import { pushNewImage } from './new-image.ts';
import type { Tools } from './registry.ts';
import { releaseKey } from './release-key.ts';
import { proveShop } from './shop.ts';
import { pushSignature } from './signature.ts';

const judged = new WeakMap<SandboxView, Promise<Evidence>>();

/** deploy.sh refuses what the release team has not signed, leaving alone what runs, and deploys what it has. Judged once a run. */
export function checkDeploy(tools: Tools): Promise<Evidence> {
  const known = judged.get(tools.sandbox) ?? withDeployments(tools, (deployments) => judge(tools, deployments));
  judged.set(tools.sandbox, known);
  return known;
}

async function judge(tools: Tools, deployments: Deployments): Promise<Evidence> {
  const foreign = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
  const release = createPrivateKey(releaseKey);
  const evidence = [
    await refuses(tools, deployments, 'no signature', 'unsigned-deployed', async () => undefined),
    await refuses(tools, deployments, 'a signature with a foreign key', 'foreign-deployed', (digest) => pushSignature(deployments.registry, digest, foreign)),
    await refuses(tools, deployments, 'the genuine signature of another digest', 'borrowed-deployed', (digest) =>
      pushSignature(deployments.registry, digest, release, deployments.baseDigest),
    ),
  ];

  const image = await pushNewImage(tools, deployments.registry, deployments.base);
  deployments.made.push(image.digest, await pushSignature(deployments.registry, image.digest, release));
  const result = await callDeploy(tools, image.reference);
  const isRunning = await runsImage(tools, image);
  if (!result.ok || !isRunning)
    throw tools.notYet('release-refused', [
      `deploy.sh ${image.reference} (signed by the release team): exit status ${result.exitCode}, ${isRunning ? 'runs' : 'does not run'}`,
      lastLine(result.output),
    ]);
  return [...evidence, `deploy.sh with the release team’s signature: exit status 0, runs; ${await proveShop(tools)}`];
}

async function refuses(
  tools: Tools,
  deployments: Deployments,
  what: string,
  message: keyof (typeof lab)['messages'],
  signIt: (digest: string) => Promise<string | undefined>,
): Promise<string> {
  const { registry, base, made, before } = deployments;
  const image = await pushNewImage(tools, registry, base);
  const signature = await signIt(image.digest);
  made.push(image.digest, ...(signature === undefined ? [] : [signature]));
  const result = await callDeploy(tools, image.reference);
  const line = `deploy.sh ${image.reference} with ${what}: exit status ${result.exitCode}`;
  if (await runsImage(tools, image)) throw tools.notYet(message, [`${line}, and the image runs`]);
  if (result.ok) throw tools.notYet('refused-without-error', [line]);
  if (!(await isUntouched(tools, before)))
    throw tools.notYet('old-one-gone', [line, `container ${before.name}, started at ${before.startedAt}, no longer runs`]);
  await proveShop(tools);
  return `${line}; the previous version goes on`;
}

function lastLine(output: string): string {
  return `it says: ${output.trim().split('\n').at(-1) ?? ''}`;
}
