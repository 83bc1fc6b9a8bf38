import type { LayerFile, NestedImage, SandboxView } from '#lab';
import { theReport, type Tools } from './report.ts';
import { toolByContent, toolByName } from './tool-signs.ts';

/** What all layers of an image hold together, deleted files included. */
export interface ImageSurvey {
  readonly tools: readonly { readonly path: string; readonly tool: string; readonly layer: number }[];
  /** ELF files: programs and libraries. */
  readonly programs: number;
  readonly largeFiles: readonly LargeFile[];
  /** What a scanner goes by, path and content: lists of packages, and which Debian this is. */
  readonly scanned: ReadonlyMap<string, Uint8Array>;
  /** Whether it went through everything; it stops where both answers are plain. */
  readonly complete: boolean;
}

/** Too large to be read in one go. */
export interface LargeFile {
  readonly path: string;
  readonly layer: number;
  readonly size: number;
}

/** As many say enough, and a fat image need not be read to its end. */
const enoughTools = 12;
export const fewPrograms = 60;
const maxReadBytes = 64 * 1024 ** 2;
const forScanners = /^\/(var\/lib\/dpkg\/(status|status\.d\/[^/]+)|etc\/debian_version|(etc|usr\/lib)\/os-release|(.*\/)?package\.json)$/;
const maxListBytes = 1024 ** 2;
/** Of all lists together. */
const maxScannedFiles = 500;

const surveys = new WeakMap<SandboxView, Promise<ImageSurvey>>();

/** Looks through the image that the service runs from. Done once a run. */
export function surveyOfImage(tools: Tools): Promise<ImageSurvey> {
  const known = surveys.get(tools.sandbox) ?? theReport(tools).then(async ({ imageId }) => survey(await tools.sandbox.image(imageId)));
  surveys.set(tools.sandbox, known);
  return known;
}

class SeenEnough extends Error {}

async function survey(image: NestedImage): Promise<ImageSurvey> {
  const tools: { path: string; tool: string; layer: number }[] = [];
  const largeFiles: LargeFile[] = [];
  const scanned = new Map<string, Uint8Array>();
  let programs = 0;
  const visit = async ({ path, kind, mode, size, layer, read }: LayerFile): Promise<void> => {
    if (layer === 'config' || (kind !== 'file' && kind !== 'link')) return;
    let tool = toolByName(path, mode, kind === 'link');
    if (kind === 'file' && size > maxReadBytes) largeFiles.push({ path, layer, size });
    else if (kind === 'file' && size > 4) {
      const content = await read();
      if (isElf(content)) {
        programs++;
        tool ??= toolByContent(content);
      } else if (size <= maxListBytes && scanned.size < maxScannedFiles && forScanners.test(path)) scanned.set(path, content);
    }
    if (tool !== undefined) tools.push({ path, tool, layer });
    if (tools.length >= enoughTools && programs > fewPrograms) throw new SeenEnough();
  };
  let complete = true;
  await image.walkLayers(visit).catch((error: unknown) => {
    if (!(error instanceof SeenEnough)) throw error;
    complete = false;
  });
  return { tools, programs, largeFiles, scanned, complete };
}

/** Whether a file's content is a program or library. */
export function isElf(content: Uint8Array): boolean {
  return content[0] === 0x7f && content[1] === 0x45 && content[2] === 0x4c && content[3] === 0x46;
}
