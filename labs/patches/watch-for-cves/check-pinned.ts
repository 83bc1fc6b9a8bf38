import type { Evidence } from '#lab';
import { readCompose } from './compose.ts';
import { containerOf, serviceNames, type Tools } from './harbour.ts';
import { released } from './registry.ts';

/** Registry, repository, a version of three numbers, digest. */
const pinned = /^(?:[^/@]+\/)?(?<repository>[^@]+):(?<version>v?\d+\.\d+\.\d+)@(?<digest>sha256:[0-9a-f]{64})$/;

/** Each service runs from a version and a digest, the registry knows them as the same thing, and the Compose file says so, too. */
export async function checkPinned(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const running = await Promise.all(
    serviceNames.map(async (name) => {
      const container = await containerOf(tools, name);
      const reference = String(container.config['Image']);
      const { repository, version, digest } = pinned.exec(reference)?.groups ?? {};
      if (repository === undefined || version === undefined || digest === undefined)
        throw notYet('unpinned', [`${container.name} was started from ${reference}`]);
      const { RepoDigests: digests } = (await sandbox.engineApi(`/images/${container.imageId}/json`)) as { RepoDigests?: readonly string[] | null };
      if (digests?.some((known) => known.endsWith(`@${digest}`)) !== true) throw notYet('unpinned', [`${reference}: not the digest of the image that runs`]);
      const release = await released(sandbox, repository, version);
      if (release?.digest !== digest)
        throw notYet('version-unknown', [`${reference}: the registry has ${release?.digest ?? 'nothing'} under ${repository}:${version}`]);
      return reference;
    }),
  );
  const composed = await composedImages(tools);
  const missing = running.filter((reference) => !composed.includes(reference));
  if (missing.length > 0)
    throw notYet('compose-differs', [...missing.map((reference) => `runs, but not in the Compose file: ${reference}`), `there: ${composed.join(', ')}`]);
  return running;
}

async function composedImages(tools: Tools): Promise<readonly string[]> {
  const compose = await readCompose(tools);
  const { services } = compose as { services?: Readonly<Record<string, { image?: string }>> };
  return Object.values(services ?? {}).flatMap(({ image }) => (image === undefined ? [] : [image]));
}
