import { ConnectionFailed, NotYet } from '#lab';
import type { CheckTools, HttpAnswer, RoleContainer, SandboxView } from '#lab';
import type lab from './lab.ts';

export type Tools = CheckTools<typeof lab>;

const reports = '/srv/reports';
const containers = new WeakMap<SandboxView, Promise<RoleContainer>>();
const exports = new WeakMap<SandboxView, Promise<ProvenExport>>();

/** A report of the check's own, which the service has exported. */
export interface ProvenExport {
  readonly name: string;
  readonly content: string;
  readonly evidence: string;
}

/** The report service's container, and no other that could do its work in secret. Looked for once a run. */
export function theReport(tools: Tools): Promise<RoleContainer> {
  const known = containers.get(tools.sandbox) ?? findReport(tools);
  containers.set(tools.sandbox, known);
  return known;
}

/** The positive control of every attack: a report that was not there a moment ago is exported, in order. Done once a run. */
export function workingExport(tools: Tools): Promise<ProvenExport> {
  const known = exports.get(tools.sandbox) ?? proveExport(tools);
  exports.set(tools.sandbox, known);
  return known;
}

/** `GET /export?file=…`; some process of the container must have answered. */
export async function askExport({ notYet }: Tools, role: RoleContainer, file: string): Promise<HttpAnswer> {
  const path = `/export?file=${encodeURIComponent(file)}`;
  const answer = await role.http({ path }).catch((error: unknown) => {
    if (!(error instanceof ConnectionFailed)) throw error;
    throw notYet('export-broken', [`GET ${path}: no answer (${error.message})`]);
  });
  if (!answer.answeredByContainer) throw new NotYet('service-elsewhere', [`GET ${path}: answered by a process outside of container ${role.name}`]);
  return answer;
}

async function findReport(tools: Tools): Promise<RoleContainer> {
  const { sandbox, notYet } = tools;
  const role = await sandbox.role({ label: 'report', port: 8080, image: 'lab/debian-full' });
  const processes = await sandbox.processes();
  const disk = (await sandbox.hostProcess()).mounts.find(({ target }) => target === '/')?.device;
  for (const other of await sandbox.containers()) {
    if (!other.running || other.id === role.id) continue;
    const mounts = processes.filter(({ cgroup }) => cgroup.includes(other.id)).flatMap((process) => process.mounts);
    const mount = mounts.find(({ root, type, device }) => device === disk && type !== 'overlay' && (isBelow(reports, root) || isBelow(root, reports)));
    if (mount !== undefined)
      throw notYet('hidden-report', [`${other.name} (${other.imageName}): ${mount.root} of the Docker host is mounted on ${mount.target}`]);
  }
  return role;
}

async function proveExport(tools: Tools): Promise<ProvenExport> {
  const { sandbox, notYet } = tools;
  const role = await theReport(tools);
  const name = `check-${sandbox.random(6)}.csv`;
  const lines = Array.from({ length: 5 }, () => `${sandbox.random(4)};departed`);
  await sandbox.plantFile({ path: `${reports}/${name}`, content: `${lines.join('\n')}\n`, mode: 0o644 });
  const { status, body } = await askExport(tools, role, name);
  const expected = lines.toSorted().join('\n');
  if (status !== 200 || body.trim() !== expected) throw notYet('export-broken', [`GET /export?file=${name}: ${status}`, body.slice(0, 200)]);
  return { name, content: expected, evidence: `GET /export?file=${name}: 200, the five lines planted a moment ago, in order` };
}

function isBelow(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`);
}
