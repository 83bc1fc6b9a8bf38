import { ConnectionFailed, NotYet } from '#lab';
import type { Evidence } from '#lab';
import type { Tools } from './registry.ts';
import { findShop, pinnedDigest, proveShop, registryOf, releaseOf, shopPort } from './shop.ts';

const loot = '/www/loot';

/** What runs in the shop is signed by the release team, and gives nothing away. */
export async function checkSigned(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const shop = await findShop(tools);
  const service = await proveShop(tools);
  const answer = await shop.http({ path: loot }).catch((error: unknown) => {
    if (!(error instanceof ConnectionFailed)) throw error;
    throw notYet('shop-broken', [`GET ${loot} on port ${shopPort}: ${error.message}`]);
  });
  if (!answer.answeredByContainer) throw new NotYet('service-elsewhere', [`port ${shopPort} is answered by a process outside of container ${shop.name}`]);
  if (answer.status === 200 || answer.body.includes(sandbox.flag)) throw notYet('loot-served', [`GET ${loot}: status ${answer.status}`]);
  const release = await releaseOf(tools, await registryOf(tools), shop);
  const facts = [`${shop.name} was started from ${shop.imageName}, image ${shop.imageId}`, `manifest in the registry: ${release?.digest ?? 'none'}`];
  if (release?.isReleased !== true) throw notYet('runs-unsigned', facts);
  return [...facts, 'its signature matches the release key', service, `GET ${loot}: status ${answer.status}`];
}

/** The container was started by a digest, and that is a release’s. */
export async function checkPinned(tools: Tools): Promise<Evidence> {
  const shop = await findShop(tools);
  const pinned = pinnedDigest(shop);
  const facts = [`${shop.name} was started from ${shop.imageName}`];
  if (pinned === undefined) throw tools.notYet('runs-by-tag', facts);
  const release = await releaseOf(tools, await registryOf(tools), shop);
  if (release?.isReleased !== true) throw tools.notYet('pinned-unsigned', facts);
  return [...facts, `${release.digest} is signed by the release team`];
}
