import { NotYet } from '#lab';
import type { Evidence, NestedImage, SandboxView } from '#lab';
import { findLeaks } from './leaks.ts';
import { allSecrets, secretOf, tokensFolder, type Secret } from './secrets.ts';
import { artifactOf, findApi, proveClean, type Tools } from './services.ts';

const limitMs = 25_000;
const outputLength = 300;
const maxOthers = 10;

/** build.sh, run as CI does with a token that has existed for a moment only, makes a clean image with an artifact that was fetched with this token. */
export async function checkBuild(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  await findApi(tools);
  const client = `ci-${sandbox.random(4)}`;
  const token = `bld_${sandbox.random(16)}`;
  const version = `2.${Number.parseInt(sandbox.random(3), 16)}-ci`;
  const tag = `shop/worker:${version}`;
  await sandbox.plantFile({ path: `${tokensFolder}/${client}`, content: token, mode: 0o600 });
  const file = await sandbox.plantFile({ path: `/srv/secrets/${client}`, content: token, mode: 0o600 });
  const before = new Set(await imageIds(sandbox));
  const isNew = (id: string): boolean => !before.has(id);
  const started = Date.now();
  try {
    const { ok, exitCode, output } = await sandbox.runOnHost(`/srv/worker/build.sh ${version}`, {
      environment: { BUILD_TOKEN_FILE: file },
      timeoutMs: limitMs,
    });
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    if (!ok) throw notYet('build-failed', [`build.sh ${version}: exit status ${exitCode}`, output.trim().slice(-outputLength)]);
    const image = await sandbox.image(tag).catch((error: unknown) => {
      if (!(error instanceof NotYet)) throw error;
      throw notYet('build-failed', [`build.sh ${version}: exit status 0, but there is no image ${tag}`]);
    });
    if (!isNew(image.id)) throw notYet('not-built', [`${tag} is ${image.id}, which was there before`]);
    const artifact = await artifactOf(tools, image);
    const facts = `artifact of version ${artifact.version}, fetched by ${artifact.client}`;
    if (artifact.version !== version) throw notYet('old-artifact', [facts, `expected: version ${version}`]);
    if (artifact.client !== client) throw notYet('other-token', [facts, `expected: fetched by ${client}, whose token BUILD_TOKEN_FILE named`]);
    const secret = secretOf('the token of this build', token);
    const clean = await proveClean(tools, image, [secret, ...(await allSecrets(sandbox))]);
    const others = (await imageIds(sandbox)).filter((id) => isNew(id) && id !== image.id).slice(0, maxOthers);
    for (const id of others) await proveTokenless(tools, await sandbox.image(id), secret);
    return [`build.sh ${version}: exit status 0 after ${seconds} s`, facts, clean];
  } finally {
    await removeImages(sandbox, isNew);
  }
}

/** Whatever else the build has left: a stage that was given a name, or an intermediate image of the old builder. */
async function proveTokenless({ sandbox, notYet }: Tools, image: NestedImage, token: Secret): Promise<void> {
  const leak = (await findLeaks(sandbox, image, [token])).find(({ kind }) => kind === 'config' || kind === 'layer');
  if (leak !== undefined) throw notYet('token-in-other-image', [`${image.id}, which the build has left on the Docker host: ${leak.evidence}`]);
}

async function removeImages(sandbox: SandboxView, isNew: (id: string) => boolean): Promise<void> {
  const ids = (await imageIds(sandbox)).filter(isNew);
  if (ids.length > 0) await sandbox.runOnHost(`docker rmi --force ${ids.join(' ')}`).catch(() => undefined);
}

/** Intermediate images included. */
async function imageIds(sandbox: SandboxView): Promise<readonly string[]> {
  return ((await sandbox.engineApi('/images/json?all=1')) as readonly { Id: string }[]).map(({ Id }) => Id);
}
