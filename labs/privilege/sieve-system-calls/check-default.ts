import { NotYet } from '#lab';
import type { Evidence, RoleContainer } from '#lab';
import { allowedNames, allowsByDefault, profileOf } from './profile.ts';
import { theRenderer, type Tools } from './renderer.ts';
import { rareCalls } from './system-calls.ts';

/** Probes that only a rule for them could open: what nobody thought of must be closed. */
const unmentioned = ['mount_setattr', 'umount2', 'open_tree', 'request_key'];

/** The profile names what is allowed, and refuses the rest. */
export async function checkDefault(tools: Tools): Promise<Evidence> {
  const { notYet } = tools;
  const role = await theRenderer(tools);
  const profile = await profileOf(tools, role);
  if (profile === 'builtin' || profile?.isOwn === false) await refuseOlderThanDaemon(tools, role);
  if (profile === undefined) throw notYet('no-profile', [`SecurityOpt: ${JSON.stringify(role.hostConfig['SecurityOpt'] ?? null).slice(0, 200)}`]);
  const facts: string[] = [];
  if (profile !== 'builtin') {
    if (allowsByDefault(profile)) throw notYet('allows-by-default', [`${profile.from}: defaultAction ${profile.defaultAction}`]);
    const allowed = allowedNames(profile, (await role.processes())[0].capabilities.bounding);
    const wide = rareCalls.filter((name) => allowed.has(name));
    if (wide.length > 0) throw notYet('profile-too-wide', [`${profile.from} allows: ${wide.join(' ')}`]);
    facts.push(`${profile.from}: defaultAction ${profile.defaultAction}, ${allowed.size} names allowed`);
  }
  const answers = await role.probe(unmentioned);
  const open = unmentioned.filter((name) => answers[name]?.startsWith('reachable') !== false);
  if (open.length > 0)
    throw notYet(
      'allows-by-default',
      open.map((name) => `${name}: ${answers[name]}`),
    );
  return [...facts, ...unmentioned.map((name) => `${name}: ${answers[name]}`)];
}

/** What the daemon's setting says now need not be what it said when the container was created: with live-restore a container outlives its daemon. */
async function refuseOlderThanDaemon({ sandbox }: Tools, role: RoleContainer): Promise<void> {
  const host = await sandbox.hostProcess();
  const daemon = (await sandbox.processes()).find(({ comm, namespaces }) => comm === 'dockerd' && namespaces.pid === host.namespaces.pid);
  const [{ pids }] = await role.processes();
  const [daemonPid, containerPid] = [daemon?.pids[1] ?? 0, pids[1] ?? 0];
  if (containerPid < daemonPid)
    throw new NotYet('twin-narrower', [`the container's first process is pid ${containerPid}, the daemon was started later: pid ${daemonPid}`]);
}
