import { createReadStream } from 'node:fs';
import { labels } from './labels.ts';
import { statusOf, unlessGone, type Engine } from './connection.ts';

export async function hasImage(engine: Engine, name: string): Promise<boolean> {
  try {
    await engine.getImage(name).inspect();
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

/** Makes an image of one layer from a tar file. */
export async function importImage(engine: Engine, tarFile: string, name: string, imageLabels: Readonly<Record<string, string>>): Promise<void> {
  const [repository, tag] = splitName(name);
  const stream = await engine.importImage(createReadStream(tarFile), {
    repo: repository,
    tag,
    changes: Object.entries(imageLabels).map(([label, value]) => `LABEL ${label}="${value}"`),
  });
  await drain(engine, stream);
}

/** Removes images of ours that are not among `keep` and that no container uses. */
export async function removeOtherImages(engine: Engine, keep: ReadonlySet<string>): Promise<void> {
  const images = await engine.listImages({ filters: { label: [labels.content] } });
  for (const image of images) {
    const names = image.RepoTags ?? [];
    if (names.some((name) => keep.has(name))) continue;
    for (const name of names) await unlessGone(engine.getImage(name).remove());
  }
}

export function splitName(name: string): [repository: string, tag: string] {
  const colon = name.lastIndexOf(':');
  return [name.slice(0, colon), name.slice(colon + 1)];
}

async function drain(engine: Engine, stream: NodeJS.ReadableStream): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    engine.modem.followProgress(stream, (error) => (error ? reject(error) : resolve()));
  });
}
