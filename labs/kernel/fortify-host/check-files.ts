import type { Evidence, FileFacts } from '#lab';
import type { Tools } from './probe-container.ts';

const single = ['/etc/docker', '/etc/docker/daemon.json', '/etc/default/docker'];
/** What runs as root at each start of the daemon. */
const folders = ['/etc/docker', '/etc/sv/docker'];
const setgidAndSticky = 0o7000;

/** Nobody but root can change how the daemon starts: its configuration, its start options, and the scripts around it. */
export async function checkFiles({ sandbox, notYet }: Tools): Promise<Evidence> {
  const found = new Map<string, FileFacts>();
  for (const path of single) {
    const facts = await sandbox.stat(path);
    if (facts !== undefined) found.set(path, facts);
  }
  for (const folder of folders) for (const facts of await sandbox.list(folder)) found.set(facts.path, facts);
  const links = [...found.values()].filter(({ kind, path }) => kind === 'link' && single.includes(path));
  if (links.length > 0) throw notYet('file-is-link', links.map(describe));
  const loose = [...found.values()].filter(isLoose);
  if (loose.length > 0) throw notYet('file-writable', loose.slice(0, 10).map(describe));
  return single.flatMap((path) => found.get(path) ?? []).map(describe);
}

function isLoose({ kind, mode, uid, gid }: FileFacts): boolean {
  if (kind === 'link') return false;
  return uid !== 0 || (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && gid !== 0);
}

function describe({ path, kind, mode, uid, gid, linkTarget }: FileFacts): string {
  const target = linkTarget === undefined ? '' : ` -> ${linkTarget}`;
  return `${path}${target}: ${kind}, mode 0${(mode & ~setgidAndSticky).toString(8)}, uid ${uid}, gid ${gid}`;
}
