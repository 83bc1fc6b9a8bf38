import { NotYet } from '#lab';
import type { Evidence, FileFacts, HttpAnswer, NestedImage, RoleContainer } from '#lab';
import { directoryOf } from './app-code.ts';
import { hostPathOf, isTooLarge, mountedDirectories, type MountedDirectory } from './container-mounts.ts';
import { ask, proveIdentity, type Tools } from './service.ts';
import { listIfThere, type UploadPlace } from './upload-place.ts';

/** What one attack works with. */
interface Target {
  readonly role: RoleContainer;
  readonly place: UploadPlace;
  readonly directories: readonly MountedDirectory[];
}

/** The attack itself: an upload whose name leads out of the uploads and onto the program. The text sent keeps the program working. */
export async function attackByName(tools: Tools, role: RoleContainer, image: NestedImage, scripts: readonly string[], place: UploadPlace): Promise<Evidence> {
  const target = { role, place, directories: await mountedDirectories(tools.sandbox, await role.processes()) };
  const lines: string[] = [];
  for (const script of scripts) {
    const namesakes = await readNamesakes(tools, target, baseOf(script));
    for (const name of namesLeadingTo(script, place)) lines.push(await attack(tools, target, image, script, name, namesakes));
  }
  return [...lines, await proveIdentity(tools, role)];
}

function namesLeadingTo(script: string, place: UploadPlace): readonly string[] {
  const base = baseOf(script);
  const depth = place.kind === 'disk' ? directoryOf(place.containerPath).split('/').filter(Boolean).length : 8;
  return [...new Set([`../${base}`, `../../app/${base}`, `${'../'.repeat(depth)}${script.slice(1)}`])];
}

async function attack(tools: Tools, target: Target, image: NestedImage, script: string, name: string, namesakes: ReadonlyMap<string, string>): Promise<string> {
  const hostPath = hostPathOf(script, target.directories);
  const read = async () => (hostPath === undefined ? undefined : await readText(tools, hostPath));
  const original = (await read()) ?? (await decode(image.readFile(script)));
  if (original === undefined) throw tools.notYet('code-not-found', [`${script} cannot be read`]);
  const text = `${original}\n// ${tools.sandbox.random()}\n`;
  const { status } = await upload(tools, target, name, text);
  if ((await read()) === text) {
    await upload(tools, target, name, original);
    throw tools.notYet('code-overwritten', [`POST /upload?name=${name}: ${status}, now ${script} is what was sent`]);
  }
  if (status >= 300) return `POST /upload?name=${name}: ${status}, ${script} unchanged`;
  return `POST /upload?name=${name}: ${status}, ${await whereItWent(tools, target, name, text, namesakes)}, ${script} unchanged`;
}

/** Files that an upload with a name of this ending could replace, with what they hold. */
async function readNamesakes(tools: Tools, target: Target, base: string): Promise<ReadonlyMap<string, string>> {
  const namesakes = new Map<string, string>();
  for (const { path } of await filesOf(tools, target)) {
    const content = baseOf(path) === base ? await readText(tools, path) : undefined;
    if (content !== undefined) namesakes.set(path, content);
  }
  return namesakes;
}

/**
 * Where a text went that the app took under a name leading elsewhere. An app that drops the directories stores it among the uploads;
 * elsewhere, over a file or beside other programs, it is an attack that worked. What was there before is put back.
 */
async function whereItWent(tools: Tools, target: Target, name: string, text: string, namesakes: ReadonlyMap<string, string>): Promise<string> {
  const uploads = target.place.kind === 'disk' ? directoryOf(target.place.facts.path) : undefined;
  const files = await filesOf(tools, target);
  for (const { path } of files.filter(({ size }) => size === byteLength(text))) {
    if ((await readText(tools, path)) !== text) continue;
    const before = namesakes.get(path);
    if (before === undefined) await tools.sandbox.removeFile(path);
    else await upload(tools, target, name, before);
    const neighbour = files.find((file) => file.path !== path && directoryOf(file.path) === directoryOf(path) && /\.[cm]?js$/.test(file.path));
    if (directoryOf(path) === uploads || (before === undefined && neighbour === undefined)) return `stored as ${path}`;
    throw tools.notYet('code-overwritten', [
      `POST /upload?name=${name}: stored as ${path}`,
      before === undefined ? `beside ${neighbour?.path}` : 'in place of what was there',
    ]);
  }
  if (target.directories.some(({ host, container }) => host === undefined && container !== '/')) return 'stored in memory';
  throw new NotYet('service-elsewhere', [`POST /upload?name=${name}: accepted, but the text lies in no directory of container ${target.role.name}`]);
}

async function filesOf({ sandbox }: Tools, { directories }: Target): Promise<readonly FileFacts[]> {
  const hosts = new Set(directories.map(({ host }) => host));
  const lists = [];
  for (const host of hosts) if (host !== undefined && !isTooLarge(host)) lists.push(...(await listIfThere(sandbox, host)));
  return lists.filter(({ kind }) => kind === 'file');
}

function upload(tools: Tools, { role }: Target, name: string, body: string): Promise<HttpAnswer> {
  return ask(tools, role, { method: 'POST', path: `/upload?name=${name}`, body });
}

function readText({ sandbox }: Tools, path: string): Promise<string | undefined> {
  return decode(sandbox.readFile(path));
}

async function decode(content: Promise<Uint8Array | undefined>): Promise<string | undefined> {
  const bytes = await content;
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
