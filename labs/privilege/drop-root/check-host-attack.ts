import type { Evidence, FileFacts, KernelProcess, RoleContainer } from '#lab';
import { mountedDirectories, type MountedDirectory } from './container-mounts.ts';
import { describeProcess, nameOf } from './process-facts.ts';
import { isRefused, storeFile, uploadServiceItself, workingService, type Tools } from './service.ts';
import { firstUploads, listIfThere, type UploadPlace } from './upload-place.ts';

/** Capabilities that lead out of a container; none is in Docker's default set. */
const escapes = { DAC_READ_SEARCH: 2n, SYS_MODULE: 16n, SYS_RAWIO: 17n, SYS_PTRACE: 19n, SYS_ADMIN: 21n, MAC_ADMIN: 33n, PERFMON: 38n, BPF: 39n };

/** Directories of the Docker host that give away all of it. */
const givenAway = /^\/$|^\/(etc|root|usr|home|var|var\/lib|var\/lib\/docker|run|var\/run)$|\/docker\.sock$/;

/** What comes in through the app must not make anybody root on the Docker host. */
export async function checkHostAttack(tools: Tools): Promise<Evidence> {
  const role = await uploadServiceItself(tools);
  const processes = await role.processes();
  refuseEscapes(tools, processes);
  await refuseGivenAway(tools, processes);
  const { place } = await workingService(tools);
  const facts = await Promise.all(['4755', '6755'].map((mode) => uploadWithMode(tools, role, mode)));
  const searched = await refuseLeftovers(tools, place);
  return [...facts.flat(), ...searched];
}

function refuseEscapes({ notYet }: Tools, processes: readonly KernelProcess[]): void {
  for (const process of processes) {
    const { bounding } = process.capabilities;
    const found = Object.entries(escapes).filter(([, bit]) => (bounding & (1n << bit)) !== 0n);
    if (found.length > 0) {
      const line = `CapBnd of ${nameOf(process)}: ${bounding.toString(16).padStart(16, '0')}, with ${found.map(([name]) => name).join(', ')}`;
      throw notYet('too-privileged', [line]);
    }
    if (process.seccomp === 0) throw notYet('too-privileged', [`Seccomp of ${nameOf(process)}: 0 (off)`]);
  }
}

async function refuseGivenAway({ sandbox, notYet }: Tools, processes: readonly KernelProcess[]): Promise<void> {
  const open = (await mountedDirectories(sandbox, processes)).find(({ host, container }) => givenAway.test(host ?? '') || container.endsWith('/docker.sock'));
  if (open !== undefined) throw notYet('host-exposed', [`${open.container} in the container is ${open.host ?? open.container} of the Docker host`]);
}

async function uploadWithMode(tools: Tools, role: RoleContainer, mode: string): Promise<Evidence> {
  const result = await storeFile(tools, role, mode);
  if (isRefused(result)) return [`POST /upload with X-Mode ${mode}: ${result.status}`];
  await using stored = result;
  if (stored.place.kind === 'private') return [ownerByKernel(tools, await role.processes(), stored.place.mounts)];
  const { facts } = stored.place;
  if (isRootProgram(facts)) throw tools.notYet('setuid-root-upload', [`uploaded with X-Mode ${mode}, on the Docker host: ${describeFile(facts)}`]);
  return [`uploaded with X-Mode ${mode}, on the Docker host: ${describeFile(facts)}`];
}

/** In memory that only the container sees, a file belongs to the user who wrote it. */
function ownerByKernel({ notYet }: Tools, processes: readonly KernelProcess[], mounts: readonly MountedDirectory[]): string {
  const root = processes.find(({ uids, gids }) => uids.includes(0) || gids.includes(0));
  if (root !== undefined) throw notYet('setuid-root-upload', [describeProcess(root), 'its files belong to root']);
  return `uploads lie on no disk of the Docker host but in ${mounts.map(({ container, mount }) => `${container} (${mount.type})`).join(', ')}, and no process there is root`;
}

/** A program from an earlier attack stays dangerous after the service has been mended. */
async function refuseLeftovers({ sandbox, notYet }: Tools, place: UploadPlace): Promise<Evidence> {
  const directories = new Set([firstUploads]);
  if (place.kind === 'disk' && place.directory.container !== '/' && place.directory.host !== undefined) directories.add(place.directory.host);
  for (const directory of directories) {
    const left = (await listIfThere(sandbox, directory)).find(isRootProgram);
    if (left !== undefined) throw notYet('leftover-setuid', [describeFile(left)]);
  }
  return [`no setuid program of root below ${[...directories].join(', ')}`];
}

function isRootProgram({ kind, mode, uid, gid }: FileFacts): boolean {
  return kind === 'file' && (((mode & 0o4000) !== 0 && uid === 0) || ((mode & 0o2000) !== 0 && gid === 0));
}

function describeFile({ path, mode, uid, gid }: FileFacts): string {
  return `${path}: mode ${mode.toString(8)}, owner ${uid}:${gid}`;
}
