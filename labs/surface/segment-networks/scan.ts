import { Inconclusive } from '#lab';
import type { RoleContainer, SandboxView } from '#lab';
import { containerPlaces, hostPlaces, type Place } from './places.ts';

/** What `places` code in a container can open a connection to, tried in a copy of it. The copy's own loopback, where it listens itself, is the control. */
export async function openFrom(role: RoleContainer, places: readonly Place[]): Promise<readonly Place[]> {
  const { output } = await role.twin(scanScript(places), { timeoutMs: 9000 });
  const open = new Set([...output.matchAll(/^open (\S+) (\d+)$/gm)].map(([, host, port]) => `${host}:${port}`));
  if (!open.has(`127.0.0.1:${controlPort}`)) throw new Inconclusive('control-failed', [`a copy of ${role.name} cannot even connect to itself`]);
  return places.filter(({ host, port }) => open.has(`${host}:${port}`));
}

/** The same through a hole in the service itself, by its own programs: somebody may let its address pass where that of a copy may not. Only adds. */
export async function openThrough(attack: (script: string) => Promise<string>, places: readonly Place[]): Promise<readonly Place[]> {
  const output = await attack(scanScript(places));
  return places.filter(({ host, port }) => new RegExp(`^open ${host.replaceAll('.', '\\.')} ${port}$`, 'm').test(output));
}

/** All there is to connect to: every container's places and the Docker host's. */
export async function allPlaces(sandbox: SandboxView): Promise<readonly Place[]> {
  return [...(await containerPlaces(sandbox)), ...(await hostPlaces(sandbox))];
}

const controlPort = 47_913;

/** nc ends with 1 when no connection came about; anything else counts as one, an end forced by `timeout` included. */
function scanScript(places: readonly Place[]): string {
  const targets = [...new Set(places.map(({ host, port }) => `${host} ${port}`))];
  return [
    'look() { timeout 2 nc -w 1 "$1" "$2" </dev/null >/dev/null 2>&1; [ $? -eq 1 ] || echo "open $1 $2"; }',
    `timeout 4 nc -l -p ${controlPort} </dev/null >/dev/null 2>&1 &`,
    ...targets.map((target) => `look ${target} &`),
    'sleep 0.3',
    `look 127.0.0.1 ${controlPort}`,
    'wait',
    'true',
  ].join('\n');
}
