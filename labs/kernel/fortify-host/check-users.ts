import { Inconclusive } from '#lab';
import type { Evidence, KernelProcess } from '#lab';
import { socketsOf } from './check-socket.ts';
import type { ProbeContainer, Tools } from './probe-container.ts';

const trusted = 'deploy';
const needed = [trusted, 'dev', 'www-data'];
const maxAccounts = 200;

/**
 * Only `deploy` may talk to Docker. Each account of the Docker host is tried: the checker's own su, with the host's /etc/passwd and /etc/group, and the
 * kernel's answer whether that user may write to the socket.
 */
export async function checkUsers(tools: Tools, probe: ProbeContainer): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const accounts = await accountsOf(tools);
  const missing = needed.filter((name) => !accounts.some((account) => account.name === name));
  if (missing.length > 0) throw notYet('account-missing', [`not in /etc/passwd: ${missing.join(', ')}`]);
  const odd = accounts.filter(({ name }) => !/^[A-Za-z0-9_.-]+$/.test(name));
  if (odd.length > 0) throw notYet('untrusted-user', [`accounts with names that nobody needs: ${odd.map(({ name }) => JSON.stringify(name)).join(', ')}`]);
  const roots = accounts.filter(({ uid, name }) => uid === 0 && name !== 'root');
  if (roots.length > 0) throw notYet('untrusted-user', [`uid 0: ${roots.map(({ name }) => name).join(', ')}`]);

  const allowed = (await probe.run(attempts)).split('\n').filter(Boolean);
  if (!allowed.includes('root')) throw new Inconclusive('control-failed', ['root itself cannot use the socket']);
  const others = allowed.filter((name) => name !== 'root' && name !== trusted);
  if (others.length > 0) throw notYet('untrusted-user', [`may connect to Docker or containerd: ${others.join(', ')}`]);
  if (!allowed.includes(trusted)) throw notYet('deploy-locked-out', [`${trusted} may not connect to /run/docker.sock`]);

  const sockets = await socketsOf(probe);
  const deploy = accounts.find(({ name }) => name === trusted);
  const host = await sandbox.hostProcess();
  const holds = ({ uids, groups, gids, namespaces }: KernelProcess): boolean =>
    namespaces.mnt === host.namespaces.mnt &&
    uids[1] !== 0 &&
    uids[1] !== deploy?.uid &&
    sockets.some(({ gid }) => gid !== 0 && (groups.includes(gid) || gids.includes(gid)));
  const left = (await sandbox.processes()).filter(holds);
  if (left.length > 0)
    throw notYet(
      'group-still-held',
      left.map(({ pids, comm, uids, groups }) => `pid ${pids[1] ?? pids[0]} (${comm}): uid ${uids[1]}, groups ${groups.join(' ')}`),
    );

  const lending = (await probe.run(lendersOf(sockets.map(({ gid }) => gid).filter((gid) => gid !== 0)))).trim();
  if (lending !== '')
    throw notYet(
      'group-lent',
      lending.split('\n').map((path) => `setgid, group of the socket: ${path.replace(/^\/host/, '')}`),
    );
  return [`may connect: ${allowed.join(', ')}`, `${accounts.length} accounts tried`];
}

interface Account {
  readonly name: string;
  readonly uid: number;
}

async function accountsOf({ sandbox }: Tools): Promise<Account[]> {
  const passwd = Buffer.from((await sandbox.readFile('/etc/passwd')) ?? []).toString();
  const accounts = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 7)
    .map(([name = '', , uid = '']) => ({ name, uid: Number(uid) }));
  if (accounts.length > maxAccounts) throw new Inconclusive('too-much', [`/etc/passwd has more than ${maxAccounts} accounts`]);
  return accounts;
}

/** Prints the accounts that the kernel lets write to one of the sockets. */
const attempts = `cut -d : -f 1 /etc/passwd | grep -E '^[A-Za-z0-9_.-]+$' | while read -r name; do
  su -s "\${PATH%%:*}/sh" -c '[ -w /host/run/docker.sock ] || [ -w /host/run/containerd/containerd.sock ]' "$name" < /dev/null 2> /dev/null && echo "$name"
done; true`;

/** Programs that anybody may run with the group of the socket. */
function lendersOf(gids: readonly number[]): string {
  if (gids.length === 0) return 'true';
  const groups = [...new Set(gids)].map((gid) => `-group ${gid}`).join(' -o ');
  return `find /host /host/run /host/dev/shm -xdev -type f -perm -2001 \\( ${groups} \\) 2> /dev/null; true`;
}
