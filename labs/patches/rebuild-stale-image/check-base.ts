import type { Evidence } from '#lab';
import { platformRecord } from './platform-record.ts';
import { shopContainer, type Tools } from './shop.ts';

/** The shop runs from an image that stands on the edition of the base that was released last. */
export async function checkBase(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const shop = await shopContainer(tools);
  const { layers, digest } = await platformRecord(sandbox);
  const image = await sandbox.image(shop.imageId);
  const shared = layers.filter((layer, index) => image.layers[index] === layer).length;
  const evidence = [`${shop.imageName}: ${shared} of the ${layers.length} layers of node-web@${digest.slice(0, 19)}`];
  if (shared < layers.length) throw notYet('stale-base', evidence);
  return evidence;
}
