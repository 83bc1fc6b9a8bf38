import type { Evidence } from '#lab';
import { platformRecord } from './platform-record.ts';
import { shopContainer, type Tools } from './shop.ts';

const baseDigestLabel = 'org.opencontainers.image.base.digest';

/** The new image has a version above 1.0, the old one is still there to go back to, and it is written down what the new one is built on. */
export async function checkVersion(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const shop = await shopContainer(tools);
  const { digest, oldShop } = await platformRecord(sandbox);
  const image = (await sandbox.engineApi(`/images/${shop.imageId}/json`)) as ImageFacts;
  const tags = image.RepoTags ?? [];
  const release = tags.find(isNewerThanOne);
  if (release === undefined || shop.imageId === oldShop) throw notYet('no-version', [`tags of the image that runs: ${tags.join(', ') || 'none'}`]);

  const all = (await sandbox.engineApi('/images/json')) as readonly { Id: string; RepoTags: readonly string[] | null }[];
  const old = all.find(({ RepoTags: names }) => names?.includes('shop/web:1.0'));
  if (old?.Id !== oldShop) throw notYet('no-way-back', [`shop/web:1.0: ${old === undefined ? 'gone' : 'another image than before'}`]);

  const label = image.Config.Labels?.[baseDigestLabel];
  const dockerfile = new TextDecoder().decode(await sandbox.readFile('/srv/shop/Dockerfile'));
  const from = (dockerfile.match(/^[ \t]*FROM\s.*$/gim) ?? ['no FROM']).map((line) => line.trim()).join('; ');
  if (label !== digest && !from.includes(digest)) {
    throw notYet('base-unpinned', [`label ${baseDigestLabel}: ${label ?? 'not set'}`, `/srv/shop/Dockerfile: ${from}`, `the registry's digest: ${digest}`]);
  }
  return [release, 'shop/web:1.0: the image of before', label === digest ? `label ${baseDigestLabel}: ${digest}` : from];
}

interface ImageFacts {
  readonly RepoTags?: readonly string[] | null;
  readonly Config: { readonly Labels?: Readonly<Record<string, string>> | null };
}

/** `shop/web:` with a version of two or three numbers above 1.0, in whatever registry. */
function isNewerThanOne(tag: string): boolean {
  const version = tag.match(/(?:^|\/)shop\/web:v?(\d+)\.(\d+)(?:\.(\d+))?$/);
  if (version === null) return false;
  const [major = 0, minor = 0, patch = 0] = version.slice(1).map((number) => Number(number ?? 0));
  return major > 1 || (major === 1 && (minor > 0 || patch > 0));
}
