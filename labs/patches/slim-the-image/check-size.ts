import type { Evidence } from '#lab';
import { theReport, type Tools } from './report.ts';

/** The start image has more than twice as much. About 125 MB of it is Node itself. */
const limitBytes = 140_000_000;

/** All layers together of the image that the service runs from. */
export async function checkSize(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const { imageId, imageName } = await theReport(tools);
  const { Size: bytes } = (await sandbox.engineApi(`/images/${imageId}/json`)) as { Size: number };
  const line = `${imageName}: ${(bytes / 1e6).toFixed(1)} MB`;
  if (bytes > limitBytes) throw notYet('image-too-large', [line]);
  return [line];
}
