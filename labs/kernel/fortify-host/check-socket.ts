import { Inconclusive } from '#lab';
import type { Evidence } from '#lab';
import type { ProbeContainer, Tools } from './probe-container.ts';

const paths = ['/run/docker.sock', '/run/containerd/containerd.sock'];

export interface SocketFacts {
  readonly path: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Neither the socket of Docker nor that of containerd below it is open to whoever has an account here. */
export async function checkSocket({ notYet }: Tools, probe: ProbeContainer): Promise<Evidence> {
  const facts = await socketsOf(probe);
  const evidence = facts.map(({ path, mode, uid, gid }) => `${path}: mode 0${mode.toString(8)}, uid ${uid}, gid ${gid}`);
  if (facts.some(({ mode }) => (mode & 0o007) !== 0)) throw notYet('socket-open', evidence);
  const others = (await probe.run(openSockets)).split('\n').filter(Boolean);
  if (others.length > 0)
    throw notYet(
      'socket-open',
      others.slice(0, 10).map((path) => `anybody may connect to ${path.replace(/^\/host/, '')}`),
    );
  if (facts.some(({ uid }) => uid !== 0)) throw notYet('socket-owner', evidence);
  const said = (await probe.run(attempts)).trim();
  if (!said.startsWith('root yes')) throw new Inconclusive('control-failed', ['root cannot use the socket either', said.slice(0, 200)]);
  if (!said.includes('nobody no')) throw notYet('socket-open', [...evidence, 'a process of user nobody, without groups, may connect']);
  return [...evidence, 'a process of user nobody, without groups, may not connect; root may'];
}

/** As the kernel has them, seen by the checker's own program. Throws Inconclusive (`control-failed`) when Docker's is not there. */
export async function socketsOf(probe: ProbeContainer): Promise<SocketFacts[]> {
  const output = await probe.run(`for path in ${paths.join(' ')}; do [ -S /host$path ] && echo "$path $(stat -L -c '%a %u %g' /host$path)"; done; true`);
  const facts = output
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(' '))
    .map(([path = '', mode = '', uid = '', gid = '']) => ({ path, mode: Number.parseInt(mode, 8), uid: Number(uid), gid: Number(gid) }));
  if (facts[0]?.path !== paths[0]) throw new Inconclusive('control-failed', [`there is no socket ${paths[0]}`]);
  return facts;
}

/** Sockets of root that are open to everybody, wherever the daemon may listen besides. */
const openSockets = 'find /host /host/run /host/tmp /host/dev/shm -xdev -type s -user 0 -perm -002 2> /dev/null | sort -u; true';

/** To connect takes the right to write; the kernel is asked as that user. */
const attempts = `[ -w /host/run/docker.sock ] && echo root yes
as_nobody() { su -s "\${PATH%%:*}/sh" -c "$1" nobody; }
as_nobody '[ -w /host/run/docker.sock ] || [ -w /host/run/containerd/containerd.sock ]' && echo nobody yes || echo nobody no`;
