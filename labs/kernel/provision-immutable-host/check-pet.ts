import { ConnectionFailed, Inconclusive, NotYet } from '#lab';
import type { Evidence, KernelProcess, RoleContainer } from '#lab';
import type { Tools } from './ignition-file.ts';

const keyPath = '/srv/petbox/backup.key';
const dataFolder = '/srv/petbox/data';
const job = '/usr/local/bin/backup.sh';
const jobHash = '314a9b56618c37a7934857cdcef77a2ec6a7c71f335ad9c217f651342ad97603';
/** The job runs every two seconds. */
const patienceMs = 7000;
const label = 'enforced on this container, which is an analogy: read-only root and tmpfs for dm-verity and a stateless /etc';
/** File systems that are not a disk: what is written there is gone with the container, or is the kernel's. */
const withoutDisk = new Set(['proc', 'sysfs', 'tmpfs', 'devtmpfs', 'devpts', 'mqueue', 'cgroup', 'cgroup2']);
const places = ['/usr/local/bin', '/usr/lib/app/cgi-bin', '/etc', '/bin', '/sbin', '/usr/bin', '/www', '/root'];

/** Nothing of the system in the container can be changed, by its root either; its job is the original one and is still done. */
export async function checkPet(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const role = await sandbox.role({ label: 'pet', port: 8090, image: 'lab/petbox' });
  const done = await proveJob(tools, role);
  for (const process of await role.processes()) {
    const fact = writableFact(process);
    if (fact !== undefined) throw notYet('pet-writable', [label, fact]);
  }
  const unknown = sandbox.random(6);
  const { output } = await role.twin(attempts(unknown));
  const lines = output.split('\n').filter((line) => line.includes(': '));
  if (lines.length !== places.length + 2) throw new Inconclusive('twin-failed', [`the copy of ${role.name} said: ${output.slice(0, 300)}`]);
  const written = lines.find((line) => line.endsWith(': written'));
  if (written !== undefined) throw notYet('pet-writable', [label, `root in a copy of ${role.name}, ${written}`]);
  const hash = lines.find((line) => line.startsWith('sum: '));
  if (hash !== `sum: ${jobHash}`) throw notYet('pet-changed', [label, `${job} in the container is not the original: ${hash ?? ''}`]);
  return [label, done, `/ of every process of ${role.name}: ro`, `root in a copy of it: ${places.join(', ')} and ${job} refused`, `${job}: the original`];
}

/** A file that was put into /data a moment ago appears in the job's list, with the checksum that only the key's owner can compute. */
async function proveJob(tools: Tools, role: RoleContainer): Promise<string> {
  const { sandbox, notYet } = tools;
  const key = await sandbox.readFile(keyPath, 4096);
  if (key === undefined) throw notYet('pet-broken', [`${keyPath}: not there`]);
  const name = `${sandbox.random()}.txt`;
  const content = new TextEncoder().encode(`${sandbox.random(24)}\n`);
  await sandbox.plantFile({ path: `${dataFolder}/${name}`, content, mode: 0o644 });
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array([...key, ...content]));
  const line = `${name} ${Buffer.from(digest).toString('hex')}`;
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sandbox.sleep(300)) {
    if ((await list(tools, role)).split('\n').includes(line)) return `GET /www/spool/list: ${name}, put there a moment ago, with the right checksum`;
  }
  throw notYet('pet-broken', [`GET /www/spool/list: no line for ${dataFolder}/${name} within ${patienceMs / 1000} s`]);
}

async function list({ notYet }: Tools, role: RoleContainer): Promise<string> {
  const answer = await role.http({ path: '/www/spool/list' }).catch((error: unknown) => {
    if (!(error instanceof ConnectionFailed)) throw error;
    throw notYet('pet-broken', [`GET /www/spool/list: no answer (${error.message})`]);
  });
  if (!answer.answeredByContainer) throw new NotYet('service-elsewhere', [`GET /www/spool/list: answered by a process outside of container ${role.name}`]);
  return answer.body;
}

/** What of a process's file systems can be written and outlives the container, the spool aside. */
function writableFact({ pids, comm, mounts }: KernelProcess): string | undefined {
  const visible = mounts.filter(({ target }, index) => !mounts.slice(index + 1).some((later) => later.target === target));
  const mount = visible.find(
    ({ target, type, options }) => options.includes('rw') && !withoutDisk.has(type) && !/^\/(var\/spool\/backup|data|run\/secrets)(\/|$)/.test(target),
  );
  return mount === undefined ? undefined : `${mount.target} of pid ${pids[1] ?? pids[0]} (${comm}): ${mount.options.join(',')} (${mount.type})`;
}

/** One line an attempt, after one to make the root directory writable. What exists is opened for appending and left as it is. */
function attempts(unknown: string): string {
  const tries = places.map(
    (place) => `if (: > ${place}/${unknown}) 2>/dev/null; then rm -f ${place}/${unknown}; echo '${place}: written'; else echo '${place}: refused'; fi`,
  );
  return [
    'mount -o remount,bind,rw none / 2>/dev/null',
    ...tries,
    `if (: >> ${job}) 2>/dev/null; then echo '${job}: written'; else echo '${job}: refused'; fi`,
    `echo "sum: $(sha256sum ${job} | cut -c 1-64)"`,
  ].join('\n');
}
