import { Inconclusive } from '#lab';
import type { FileFacts, KernelMount, RoleContainer } from '#lab';
import type { Tools } from './erp.ts';
import { describe, firstFreeNumber, liveProcesses } from './numbers.ts';

/** Where the data lay at the start. */
const firstFolder = '/srv/legacy';

/** The folder of the Docker host that a container has mounted as /data. Throws NotYet (`data-in-container`) when it is none. */
export async function dataFolder(tools: Tools, role: RoleContainer): Promise<string> {
  const [first] = await liveProcesses(role);
  if (first === undefined) throw tools.notYet('silent', [`${role.name} has no process`]);
  const host = await tools.sandbox.hostProcess();
  const disk = host.mounts.find(({ target }) => target === '/')?.device;
  const mount = first.mounts.findLast(({ target }) => target === '/data');
  if (mount === undefined || mount.device !== disk) throw tools.notYet('data-in-container', [mount === undefined ? 'no mount at /data' : whatIs(mount)]);
  return mount.root;
}

/** Everything in the data folder, and in the one of the start if that is still there. Throws NotYet when the container does not own its files. */
export async function listData({ sandbox }: Tools, folder: string): Promise<readonly FileFacts[]> {
  const folders = new Set([folder]);
  if ((await sandbox.stat(firstFolder))?.kind === 'directory') folders.add(firstFolder);
  return (await Promise.all([...folders].map((path) => sandbox.list(path)))).flat();
}

/** Refuses files that belong to somebody of the Docker host, and those that everybody may change. */
export function refuseOpenData({ notYet }: Tools, files: readonly FileFacts[]): void {
  const hosts = files.filter(({ uid, gid }) => uid < firstFreeNumber || gid < firstFreeNumber);
  if (hosts.length > 0) throw notYet('data-of-host', hosts.slice(0, 5).map(describeFile));
  const open = files.filter(({ kind, mode }) => kind !== 'link' && (mode & 0o002) !== 0);
  if (open.length > 0) throw notYet('data-open-to-all', open.slice(0, 5).map(describeFile));
}

/** The file of the Docker host that a container just wrote as /data/NAME. */
export async function writtenFile(tools: Tools, role: RoleContainer, folder: string, name: string): Promise<FileFacts> {
  const facts = await tools.sandbox.stat(`${folder}/${name}`);
  if (facts === undefined) throw new Inconclusive('control-failed', [`${role.name} says it wrote /data/${name}, but ${folder}/${name} is not there`]);
  const writers = await liveProcesses(role);
  // A new file belongs to the user of the process that made it: otherwise somebody behind the container did.
  if (!writers.some(({ uids }) => uids.includes(facts.uid))) throw tools.notYet('written-by-another', [describeFile(facts), ...writers.map(describe)]);
  return facts;
}

/** Programs that lend the rights of a user or group of the Docker host. */
export function lendsHostRights({ kind, mode, uid, gid }: FileFacts): boolean {
  return kind === 'file' && (((mode & 0o4000) !== 0 && uid < firstFreeNumber) || ((mode & 0o2000) !== 0 && gid < firstFreeNumber));
}

export function describeFile({ path, mode, uid, gid }: FileFacts): string {
  return `${path} on the Docker host: mode ${mode.toString(8)}, owner ${uid}:${gid}`;
}

function whatIs({ target, type, root, source }: KernelMount): string {
  return `${target}: ${type} ${source}, ${root}`;
}
