import { Inconclusive } from '#lab';
import type { Evidence, RoleContainer } from '#lab';
import { reachOf } from './api-powers.ts';
import { describeMount, refusePrivileges, tellingMounts } from './confinement.ts';
import { ask, findHelper, findVault, type Tools } from './services.ts';

/** So long a list that is written by a timer may lag behind. */
const slowestListMs = 11_000;

/** Nothing in dash leads to more of the Docker daemon than a list, and dash knows what runs this moment. */
export async function checkDash(tools: Tools): Promise<Evidence> {
  const { notYet } = tools;
  const dash = await findHelper(tools, 'dash');
  startCopies(tools);
  await refusePrivileges(tools, dash);
  const mounts = await tellingMounts(tools, dash);
  const sockets = mounts.filter(({ shows }) => /^\/run(\/|$)|^\/$|docker\.sock$/.test(shows));
  if (sockets.length > 0) throw notYet('socket-mounted', sockets.map(describeMount));
  if (mounts.length > 0) throw notYet('host-exposed', mounts.map(describeMount));
  const { output } = await dash.twin('find / \\( -path /proc -o -path /sys \\) -prune -o -type s -print 2>/dev/null; echo searched');
  const found = output.trim().split('\n');
  if (found.pop() !== 'searched') throw new Inconclusive('control-failed', ['find in a copy of dash did not end']);
  if (found.length > 0)
    throw notYet(
      'socket-mounted',
      found.slice(0, 5).map((path) => `${path} in a copy of dash is a socket of somebody else`),
    );
  const ward = await wardOf(tools);
  const reach = await reachOf(tools, dash, ward);
  const powers = [...reach.powers, ...(await powersOfItself(tools, dash, ward))];
  if (powers.length > 0) throw notYet('engine-power', powers.slice(0, 8));
  const shown = await showsWard(tools, dash, ward);
  return [
    'no socket in a copy of dash',
    `of ${reach.tried} places that accept connections, these answer a copy of dash like the Docker daemon: ${reach.apis.join(', ') || 'none'}; no request but lists came through`,
    shown,
  ];
}

/** The attack on dash itself, since somebody may let its address do what a copy with another address may not. Only what came of it counts. */
async function powersOfItself(tools: Tools, dash: RoleContainer, ward: string): Promise<readonly string[]> {
  const name = `probe-${tools.sandbox.random(6)}`;
  const command = `docker-api POST '/containers/${ward}/rename?name=${name}'; docker-api GET '/containers/${ward}/json'`;
  const { body } = await ask(tools, dash, `/cgi-bin/run?cmd=${encodeURIComponent(command)}`);
  const found = (await tools.sandbox.engineApi(`/containers/${ward}/json`)) as { Name?: string } | undefined;
  return [
    ...(found?.Name === `/${name}` ? [`through dash itself, POST /containers/${ward}/rename: the container is renamed`] : []),
    ...(/"HostConfig":\{/.test(body) ? [`through dash itself, GET /containers/${ward}/json: answered with environment and mounts`] : []),
  ];
}

/** Copies of all roles are needed in the end; started side by side they take the time of one. Whoever needs one and does not get it says so. */
function startCopies(tools: Tools): void {
  const roles = [findVault(tools), ...(['dash', 'backup', 'metrics'] as const).map((name) => findHelper(tools, name))];
  void Promise.allSettled(roles.map(async (role) => (await role).twin('true')));
}

/** Id of a container that came up this moment, and that nobody could know of before: the checker's own copy of the vault. */
export async function wardOf(tools: Tools): Promise<string> {
  const vault = await findVault(tools);
  const id = (await vault.twin('hostname')).output.trim();
  if (!/^[0-9a-f]{12}$/.test(id)) throw new Inconclusive('control-failed', [`a copy of the vault is called "${id.slice(0, 60)}"`]);
  return id;
}

/** A dash that was given its time once and stayed blind is not waited for again in the same run. */
const blind = new WeakSet<RoleContainer>();

/** Says how dash showed the container `ward`. Throws `dash-blind` when it does not in time. */
export async function showsWard(tools: Tools, dash: RoleContainer, ward: string): Promise<string> {
  for (const deadline = Date.now() + (blind.has(dash) ? 0 : slowestListMs); ; await tools.sandbox.sleep(700)) {
    const answer = await ask(tools, dash, '/cgi-bin/containers');
    if (answer.body.includes(ward)) return `dash shows container ${ward}, which the check has just started`;
    if (Date.now() < deadline) continue;
    blind.add(dash);
    throw tools.notYet('dash-blind', [`GET /cgi-bin/containers: ${answer.status}, without ${ward}`, answer.body.slice(0, 200)]);
  }
}
