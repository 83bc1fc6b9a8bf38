import { NotYet } from '#lab';
import type { Evidence, FileFacts, KernelProcess, NestedImage, RoleContainer } from '#lab';
import { appCode, directoryOf } from './app-code.ts';
import { hostPathOf, isTooLarge, mountedDirectories, type MountedDirectory } from './container-mounts.ts';
import { describeProcess, isRoot } from './process-facts.ts';
import { ask, storeFile, uploadService, type StoredFile, type Tools } from './service.ts';
import { listIfThere } from './upload-place.ts';
import { attemptToWrite } from './write-attempt.ts';

/** Whoever gets a file into the service must not be able to replace its program. */
export async function checkCode(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const role = await uploadService(tools);
  await using stored = await storeFile(tools, role);
  const image = await sandbox.image(role.imageId);
  const code = await appCode(role, image, stored.place.kind === 'disk' ? directoryOf(stored.place.containerPath) : undefined);
  const { uid, scripts, writable, owned } = await attemptToWrite(role, code, sandbox.random(6));
  if (scripts.length === 0) throw notYet('code-not-found', [`looked for: ${code.scripts.join(', ')}`]);
  const done = (lines: readonly string[], how = '') => lines.slice(0, 6).map((line) => `as uid ${uid}${how}: ${line}`);
  if (writable.length > 0) throw notYet('code-writable', done(writable));
  if (owned.length > 0) throw notYet('code-owned', done(owned, ', after chmod u+w'));
  await refuseOtherUsers(tools, role, uid);
  const started = await scriptsMadeLater(
    tools,
    role,
    code.scripts.filter((path) => !scripts.includes(path)),
  );
  const tried = await traverse(tools, role, image, [...scripts, ...started], stored);
  return [`as uid ${uid}, neither written nor renamed, nor anything created beside it: ${scripts.join(', ')}`, ...tried];
}

/** Programs that the container wrote after its start, so that no copy of it has them: here the owner and mode on the disk must do. */
async function scriptsMadeLater({ sandbox, notYet }: Tools, role: RoleContainer, candidates: readonly string[]): Promise<readonly string[]> {
  const processes = await role.processes();
  const directories = await mountedDirectories(sandbox, processes);
  const found = [];
  for (const script of candidates) {
    const hostPath = hostPathOf(script, directories);
    const facts = hostPath === undefined ? undefined : await sandbox.stat(hostPath);
    if (hostPath === undefined || facts?.kind !== 'file') continue;
    const folder = await sandbox.stat(directoryOf(hostPath));
    for (const one of [facts, folder]) {
      if (one === undefined || !processes.some((process) => mayWrite(process, one))) continue;
      throw notYet('code-writable', [`${script} on the Docker host: ${one.path}, mode ${one.mode.toString(8)}, owner ${one.uid}:${one.gid}`]);
    }
    found.push(script);
  }
  return found;
}

/** The owner counts as a writer whatever the mode says: chmod is his. */
function mayWrite({ uids, gids, groups }: KernelProcess, { mode, uid, gid }: FileFacts): boolean {
  return uids.includes(uid) || ((mode & 0o020) !== 0 && [...gids, ...groups].includes(gid)) || (mode & 0o002) !== 0;
}

/** The copy shows what the container's configured user can do; a process that made itself root can do more. */
async function refuseOtherUsers({ notYet }: Tools, role: RoleContainer, uid: number): Promise<void> {
  for (const process of await role.processes()) {
    if (process.uidsInContainer.every((one) => one === uid)) continue;
    if (isRoot(process)) throw notYet('code-writable', [describeProcess(process), `the container's user is ${uid}`]);
  }
}

/** The attack itself: an upload whose name leads out of the uploads and onto the program. The text sent keeps the program working. */
async function traverse(tools: Tools, role: RoleContainer, image: NestedImage, scripts: readonly string[], stored: StoredFile): Promise<Evidence> {
  const directories = await mountedDirectories(tools.sandbox, await role.processes());
  const lines: string[] = [];
  for (const script of scripts) {
    const original = await contentOf(tools, image, script, directories);
    if (original === undefined) throw tools.notYet('code-not-found', [`${script} cannot be read`]);
    for (const name of namesLeadingTo(script, stored)) {
      const mark = tools.sandbox.random();
      const text = `${original}\n// ${mark}\n`;
      const { status } = await ask(tools, role, { method: 'POST', path: `/upload?name=${name}`, body: text });
      const after = await contentOf(tools, image, script, directories);
      if (after?.includes(mark) === true) {
        await ask(tools, role, { method: 'POST', path: `/upload?name=${name}`, body: original });
        throw tools.notYet('code-overwritten', [`POST /upload?name=${name}: ${status}, now ${script} is what was sent`]);
      }
      const went = status < 300 ? `, ${await whereItWent(tools, role, text, stored)}` : '';
      lines.push(`POST /upload?name=${name}: ${status}${went}, ${script} unchanged`);
    }
  }
  const again = await ask(tools, role, { path: `/files/${stored.name}` });
  if (again.body !== stored.content) throw tools.notYet('upload-broken', [`GET /files/${stored.name} after the attack: ${again.status}`]);
  return lines;
}

function namesLeadingTo(script: string, { place }: StoredFile): readonly string[] {
  const base = script.slice(script.lastIndexOf('/') + 1);
  const depth = place.kind === 'disk' ? directoryOf(place.containerPath).split('/').filter(Boolean).length : 8;
  return [...new Set([`../${base}`, `../../app/${base}`, `${'../'.repeat(depth)}${script.slice(1)}`])];
}

/** What the program's file holds now: the volume's or the container layer's, else the image's. */
async function contentOf({ sandbox }: Tools, image: NestedImage, path: string, directories: readonly MountedDirectory[]): Promise<string | undefined> {
  const hostPath = hostPathOf(path, directories);
  const content = (hostPath === undefined ? undefined : await sandbox.readFile(hostPath)) ?? (await image.readFile(path));
  return content === undefined ? undefined : new TextDecoder().decode(content);
}

/**
 * Where a text went that the app took under a name leading elsewhere: an app that drops the directories stores it among the uploads.
 * Beside other programs it is an attack that worked. The file is removed.
 */
async function whereItWent({ sandbox, notYet }: Tools, role: RoleContainer, text: string, { place }: StoredFile): Promise<string> {
  const directories = await mountedDirectories(sandbox, await role.processes());
  const uploads = place.kind === 'disk' ? directoryOf(place.facts.path) : undefined;
  for (const { host } of directories) {
    if (host === undefined || isTooLarge(host)) continue;
    const files = (await listIfThere(sandbox, host)).filter(({ kind }) => kind === 'file');
    for (const { path } of files.filter(({ size }) => size === byteLength(text))) {
      if (new TextDecoder().decode(await sandbox.readFile(path)) !== text) continue;
      await sandbox.removeFile(path);
      const neighbour = files.find((file) => file.path !== path && directoryOf(file.path) === directoryOf(path) && /\.[cm]?js$/.test(file.path));
      if (neighbour !== undefined && directoryOf(path) !== uploads) throw notYet('code-writable', [`an upload became ${path}, beside ${neighbour.path}`]);
      return `stored as ${path}`;
    }
  }
  if (directories.some(({ host, container }) => host === undefined && container !== '/')) return 'stored in memory';
  throw new NotYet('service-elsewhere', [`the text was accepted, but lies in no directory of container ${role.name}`]);
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
