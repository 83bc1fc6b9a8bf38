import { ConnectionFailed, NotYet } from '#lab';
import type { CheckTools, Evidence, HttpAnswer, KernelProcess, RoleContainer, SandboxView } from '#lab';
import type lab from './lab.ts';

export type Tools = CheckTools<typeof lab>;

export const tenants = '/srv/tenants';
export const pagesPort = 8080;
export const operatorsPort = 8081;

/** Alster's number and group, to which her folder is open. */
const alster = 2001;

const found = new WeakMap<SandboxView, Promise<RoleContainer>>();
const proven = new WeakMap<SandboxView, Promise<Evidence>>();

/** The proxy's container, and no other that could do its work in secret. Looked for once a run. */
export function theProxy(tools: Tools): Promise<RoleContainer> {
  const known = found.get(tools.sandbox) ?? findProxy(tools);
  found.set(tools.sandbox, known);
  return known;
}

/** The positive control of every attack: this container delivers a page that was not there a moment ago. Done once a run. */
export function workingPages(tools: Tools): Promise<Evidence> {
  const known = proven.get(tools.sandbox) ?? provePages(tools);
  proven.set(tools.sandbox, known);
  return known;
}

async function findProxy(tools: Tools): Promise<RoleContainer> {
  const { sandbox, notYet } = tools;
  const role = await sandbox.role({ label: 'proxy', port: pagesPort, image: 'lab/app' });
  const processes = await sandbox.processes();
  const { mounts } = await sandbox.hostProcess();
  const disk = mounts.find(({ target }) => target === '/')?.device;
  for (const other of await sandbox.containers()) {
    if (!other.running || other.id === role.id) continue;
    const reach = processes.filter(({ cgroup }) => cgroup.includes(other.id)).flatMap((process) => process.mounts.filter(({ device }) => device === disk));
    const mount = reach.find(({ root, type }) => type !== 'overlay' && (isBelow(tenants, root) || isBelow(root, tenants)));
    if (mount !== undefined)
      throw notYet('hidden-proxy', [`${other.name} (${other.imageName}): ${mount.root} of the Docker host is mounted on ${mount.target}`]);
  }
  return role;
}

async function provePages(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const role = await theProxy(tools);
  const name = `page-${sandbox.random(6)}.txt`;
  const content = sandbox.random(16);
  await sandbox.plantFile({ path: `${tenants}/alster/${name}`, content, mode: 0o640, uid: alster, gid: alster });
  const path = `/alster/${name}`;
  const page = await ask(tools, role, pagesPort, path, 'pages-broken');
  if (page.status !== 200 || page.body.trim() !== content) throw notYet('pages-broken', [`GET ${path}: ${page.status}`, page.body.slice(0, 200)]);
  return [`GET ${path} on port ${pagesPort}: the page planted a moment ago, from container ${role.name}`];
}

/** One HTTP exchange with the proxy; some process of the container must have answered. */
export async function ask(
  { notYet }: Tools,
  role: RoleContainer,
  port: number,
  path: string,
  broken: 'pages-broken' | 'operators-broken',
): Promise<HttpAnswer> {
  const answer = await role.http({ port, path }).catch((error: unknown) => {
    if (!(error instanceof ConnectionFailed)) throw error;
    throw notYet(broken, [`GET ${path} on port ${port}: no answer (${error.message})`]);
  });
  if (!answer.answeredByContainer) throw new NotYet('service-elsewhere', [`port ${port}: answered by a process outside of container ${role.name}`]);
  return answer;
}

export function isBelow(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`);
}

export function nameOf({ pids, comm }: KernelProcess): string {
  return `pid ${pids[1] ?? pids[0]} (${comm})`;
}
