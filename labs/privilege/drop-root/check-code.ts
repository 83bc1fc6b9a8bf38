import type { Evidence, FileFacts, KernelProcess, RoleContainer } from '#lab';
import { appCode, directoryOf } from './app-code.ts';
import { hostPathOf, mountedDirectories } from './container-mounts.ts';
import { describeProcess, isRoot } from './process-facts.ts';
import { attackByName } from './name-attack.ts';
import { workingService, type Tools } from './service.ts';
import { attemptToWrite } from './write-attempt.ts';

/** Whoever gets a file into the service must not be able to replace its program. */
export async function checkCode(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const { role, place } = await workingService(tools);
  const image = await sandbox.image(role.imageId);
  const code = await appCode(role, image, place.kind === 'disk' ? directoryOf(place.containerPath) : undefined);
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
  const tried = await attackByName(tools, role, image, [...scripts, ...started], place);
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
