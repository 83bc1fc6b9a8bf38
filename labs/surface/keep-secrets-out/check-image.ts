import type { Evidence } from '#lab';
import { allSecrets } from './secrets.ts';
import { artifactOf, findWorker, proveClean, type Tools } from './services.ts';

/** Nothing that leaves with the running worker's image gives a secret away, and the artifact is in it. */
export async function checkImage(tools: Tools): Promise<Evidence> {
  const { sandbox } = tools;
  const worker = await findWorker(tools);
  const image = await sandbox.image(worker.imageId);
  const clean = await proveClean(tools, image, await allSecrets(sandbox));
  const artifact = await artifactOf(tools, image);
  return [`${worker.name} runs ${worker.imageName}`, clean, `artifact of version ${artifact.version}, fetched by ${artifact.client}`];
}
