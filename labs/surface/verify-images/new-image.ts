import { Inconclusive } from '#lab';
import { registryName, repository, type Manifest, type Registry, type Tools } from './registry.ts';

/** An image that nobody has seen before, pushed by CI. */
export interface NewImage {
  readonly tag: string;
  /** What deploy.sh is told. */
  readonly reference: string;
  readonly digest: string;
  /** How the engine calls it once it is pulled. */
  readonly imageId: string;
}

/** Pushes the image with manifest `base` once more, under a new tag and with another label: the same service in a new release. */
export async function pushNewImage({ sandbox }: Tools, registry: Registry, base: Manifest): Promise<NewImage> {
  const tag = `1.5-${sandbox.random(4)}`;
  const text = await registry.blob(base.config.digest);
  if (text === undefined) throw new Inconclusive('control-failed', [`the registry does not give the configuration ${base.config.digest}`]);
  const content = JSON.parse(text) as { config?: { Labels?: Record<string, string> | null } };
  const labels = { ...content.config?.Labels, 'lab.build': sandbox.random() };
  const config = await registry.pushBlob(JSON.stringify({ ...content, config: { ...content.config, Labels: labels } }), base.config.mediaType);
  const digest = await registry.pushManifest(tag, { ...base, config }, base.mediaType ?? 'application/vnd.docker.distribution.manifest.v2+json');
  return { tag, reference: `${registryName}/${repository}:${tag}`, digest, imageId: config.digest };
}
