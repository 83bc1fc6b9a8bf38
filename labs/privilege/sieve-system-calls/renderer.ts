import { ConnectionFailed, Inconclusive, NotYet } from '#lab';
import type { CheckTools, Evidence, HttpAnswer, KernelProcess, RoleContainer, SandboxView } from '#lab';
import type lab from './lab.ts';
import { missingOutside, reachableOutside } from './system-calls.ts';

export type Tools = CheckTools<typeof lab>;

const jobs = '/srv/render';
const intakePort = 8080;

/** What one job, run whole by the renderer, brought to light. */
export interface RenderedJob {
  readonly role: RoleContainer;
  /** The process that executed the job, as the kernel shows it. */
  readonly worker: KernelProcess;
  /** What the attempts inside the job said. */
  readonly attempts: {
    readonly newUserNamespace: string;
    readonly networkSocket: string;
    /** What the image's own sysprobe calls reachable, when it is still there. */
    readonly reachable: readonly string[];
  };
  readonly evidence: Evidence;
}

const found = new WeakMap<SandboxView, Promise<RoleContainer>>();
const rendered = new WeakMap<SandboxView, Promise<RenderedJob>>();

/** The renderer's container, and no other that could do its work in secret. Looked for once a run. */
export function theRenderer(tools: Tools): Promise<RoleContainer> {
  const known = found.get(tools.sandbox) ?? findRenderer(tools);
  found.set(tools.sandbox, known);
  return known;
}

/**
 * The positive control of every attack: a job with something nobody could know, handed in from the attacker's network, is carried out by this very container.
 * On the way it tries what an attacker's job would try. Done once a run.
 */
export function renderJob(tools: Tools): Promise<RenderedJob> {
  const known = rendered.get(tools.sandbox) ?? render(tools);
  rendered.set(tools.sandbox, known);
  return known;
}

async function findRenderer({ sandbox, notYet }: Tools): Promise<RoleContainer> {
  const role = await sandbox.role({ label: 'render', image: 'lab/render' });
  const [processes, host] = await Promise.all([sandbox.processes(), sandbox.hostProcess()]);
  const disk = host.mounts.find(({ target }) => target === '/')?.device;
  for (const other of await sandbox.containers()) {
    if (!other.running || other.id === role.id) continue;
    const mounts = processes.filter(({ cgroup }) => cgroup.includes(other.id)).flatMap((process) => process.mounts);
    const mount = mounts.find(({ root, type, device }) => device === disk && type !== 'overlay' && (isBelow(jobs, root) || isBelow(root, jobs)));
    if (mount !== undefined)
      throw notYet('hidden-renderer', [`${other.name} (${other.imageName}): ${mount.root} of the Docker host is mounted on ${mount.target}`]);
  }
  return role;
}

async function render(tools: Tools): Promise<RenderedJob> {
  const { sandbox, notYet } = tools;
  const role = await theRenderer(tools);
  const word = sandbox.random(8);
  const go = `${jobs}/go-${word}`;
  let isAnswered = false;
  const asked = handIn(tools, jobFor(word)).finally(() => (isAnswered = true));
  // The job waits for a file, so that its process can be looked at while it runs.
  let seen: readonly KernelProcess[] = [];
  for (const deadline = Date.now() + 4000; seen.length === 0 && !isAnswered && Date.now() < deadline; await sandbox.sleep(30))
    seen = (await sandbox.processes()).filter(({ commandLine }) => commandLine.includes(word));
  const [worker] = seen;
  const [[first], host] = await Promise.all([role.processes(), sandbox.hostProcess()]);
  const hasOwnPids = first.namespaces.pid !== host.namespaces.pid;
  const stranger = seen.find(({ cgroup, namespaces }) => cgroup !== first.cgroup && !(hasOwnPids && namespaces.pid === first.namespaces.pid));
  await sandbox.plantFile({ path: go, content: '', mode: 0o644, uid: 1000, gid: 1000 });
  const answer = await asked;
  await sandbox.removeFile(`${jobs}/frame-${word}`);
  if (stranger !== undefined) throw new NotYet('service-elsewhere', [`the job is executed by ${nameOf(stranger)}, outside of container ${role.name}`]);
  if (answer instanceof ConnectionFailed) throw notYet('render-broken', [`POST /cgi-bin/job: no answer (${answer.message})`]);
  const said = (name: string): string => new RegExp(`^${word} ${name}: (.*)$`, 'm').exec(answer.body)?.[1] ?? '';
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${word}\n`))).toString('hex');
  if (said('frame') !== `640 ${digest}`)
    throw notYet('render-broken', [`POST /cgi-bin/job: ${answer.status}, without the right result`, ...answer.body.trim().split('\n').slice(-3)]);
  if (worker === undefined) throw new Inconclusive('control-failed', ['the job was over before its process could be looked at']);
  return {
    role,
    worker,
    attempts: {
      newUserNamespace: said('unshare'),
      networkSocket: said('connect'),
      reachable: answer.body.split('\n').filter((line) => /^[a-z0-9_-]+: reachable \(/.test(line)),
    },
    evidence: [
      `a job with the word ${word} was executed by pid ${worker.pids[1]} in container ${role.name}`,
      'it started programs, wrote a file and changed its mode',
    ],
  };
}

/** No answer is a result, too: whether the job was seen elsewhere is more to the point. */
async function handIn({ sandbox }: Tools, body: string): Promise<HttpAnswer | ConnectionFailed> {
  try {
    return await sandbox.http({ port: intakePort, path: '/cgi-bin/job', method: 'POST', body, timeoutMs: 7000 });
  } catch (error) {
    if (error instanceof ConnectionFailed) return error;
    throw error;
  }
}

/** Everything a job may need: programs, pipes, a file, its mode. And what it must not be able to do, each with what came of it. */
function jobFor(word: string): string {
  return `
sh -c 'n=0; while [ ! -e /jobs/go-${word} ] && [ $n -lt 150 ]; do sleep 0.03; n=$((n+1)); done' ${word}
f=/jobs/frame-${word}
echo ${word} | sha256sum | cut -d ' ' -f 1 > $f
chmod 640 $f
echo "${word} frame: $(stat -c %a $f) $(cat $f)"
rm $f
echo "${word} unshare: $(unshare -U echo created 2>&1 | tail -n 1)"
echo "${word} connect: $(wget -T 2 -q -O - http://127.0.0.1:9/ 2>&1 | tail -n 1)"
sysprobe ${[...reachableOutside, ...missingOutside].join(' ')} 2>/dev/null
`;
}

export function nameOf({ pids, comm }: KernelProcess): string {
  return `pid ${pids[1] ?? pids[0]} (${comm})`;
}

function isBelow(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`);
}
