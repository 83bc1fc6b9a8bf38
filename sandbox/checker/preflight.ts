import { NotYet, type KernelMount, type KernelProcess } from '#lab';
import { programsInDockerHost } from '../engine/shared-programs.ts';
import { replacementKey } from '../images/replacements.ts';
import type { Subject } from './subject.ts';
import { statFile } from './files.ts';

/** So many are enough to say no; each of them may be a large program to hash. */
const enoughProblems = 5;

const systemDirectories = ['/usr', '/bin', '/sbin', '/lib', '/lib64', '/proc'];

/**
 * Are the tools of the Docker host those it came with? Looks at what runs, from outside; throws NotYet (`tools-changed`) when not.
 * The learner is told so in words of its own and loses nothing.
 */
export async function checkTools(subject: Subject): Promise<void> {
  const host = await subject.hostProcess();
  const problems: string[] = [];
  for (const process of await subject.processes()) {
    if (problems.length === enoughProblems) break;
    subject.signal.throwIfAborted();
    if (process.namespaces.mnt !== host.namespaces.mnt || process.namespaces.pid !== host.namespaces.pid) continue;
    const name = toolOf(process.comm) ?? process.comm;
    const expected = subject.toolHashes[name];
    if (expected === undefined) continue;
    const actual = await process.executableHash();
    if (actual !== undefined && actual !== expected && !isReplacement(subject, name, actual))
      problems.push(`pid ${process.pids[1] ?? process.pids[0]} calls itself ${process.comm}, but its program is another (SHA-256 ${actual})`);
  }
  const covered = host.mounts.filter(
    (mount) =>
      mount.target !== '/proc' &&
      !isSharedPrograms(mount, host) &&
      systemDirectories.some((directory) => mount.target === directory || mount.target.startsWith(`${directory}/`)),
  );
  for (const mount of covered) problems.push(`mounted over the system: ${mount.source} on ${mount.target}`);
  if (host.mounts.filter((mount) => mount.target === '/proc').length > 1) problems.push('mounted over the system: /proc');
  if (await statFile(subject, '/etc/ld.so.preload')) problems.push('/etc/ld.so.preload is there');
  if (problems.length > 0) throw new NotYet('tools-changed', problems);
}

/**
 * The machine's own copy of the large programs: a subvolume of the pool with a name that btrfs tells itself (`subvol=`). The path of a mount would not do, since
 * that of a learner's own folder is given as it is on the Docker host.
 */
function isSharedPrograms(mount: KernelMount, host: KernelProcess): boolean {
  const isOnPool = mount.device === host.mounts.find(({ target }) => target === '/')?.device;
  return isOnPool && mount.target === programsInDockerHost && mount.superOptions.some((option) => /^subvol=\/programs\/[0-9a-f]{16}$/.test(option));
}

/** The lab's own image brings a newer edition of the program, which the learner is to install. */
function isReplacement({ toolHashes }: Subject, name: string, hash: string): boolean {
  return (toolHashes[replacementKey(name)] ?? '').split(' ').includes(hash);
}

/** The kernel keeps 15 characters of a name. */
function toolOf(comm: string): string | undefined {
  return comm === 'containerd-shim' ? 'containerd-shim-runc-v2' : undefined;
}
