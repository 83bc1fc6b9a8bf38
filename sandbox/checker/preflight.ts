import { NotYet } from '#lab';
import type { Subject } from './subject.ts';
import { statFile } from './files.ts';

const systemDirectories = ['/usr', '/bin', '/sbin', '/lib', '/lib64', '/proc'];

/**
 * Are the tools of the Docker host those it came with? Looks at what runs, from outside; throws NotYet (`tools-changed`) when not.
 * The learner is told so in words of its own and loses nothing.
 */
export async function checkTools(subject: Subject): Promise<void> {
  const host = await subject.hostProcess();
  const problems: string[] = [];
  for (const process of await subject.processes()) {
    if (process.namespaces.mnt !== host.namespaces.mnt || process.namespaces.pid !== host.namespaces.pid) continue;
    const expected = subject.toolHashes[process.comm] ?? subject.toolHashes[toolOf(process.comm) ?? ''];
    if (expected === undefined) continue;
    const actual = await process.executableHash();
    if (actual !== undefined && actual !== expected)
      problems.push(`pid ${process.pids[1] ?? process.pids[0]} calls itself ${process.comm}, but its program is another (SHA-256 ${actual})`);
  }
  const covered = host.mounts.filter(
    (mount) => mount.target !== '/proc' && systemDirectories.some((directory) => mount.target === directory || mount.target.startsWith(`${directory}/`)),
  );
  for (const mount of covered) problems.push(`mounted over the system: ${mount.source} on ${mount.target}`);
  if (host.mounts.filter((mount) => mount.target === '/proc').length > 1) problems.push('mounted over the system: /proc');
  if (await statFile(subject, '/etc/ld.so.preload')) problems.push('/etc/ld.so.preload is there');
  if (problems.length > 0) throw new NotYet('tools-changed', problems);
}

/** The kernel keeps 15 characters of a name. */
function toolOf(comm: string): string | undefined {
  return comm === 'containerd-shim' ? 'containerd-shim-runc-v2' : undefined;
}
