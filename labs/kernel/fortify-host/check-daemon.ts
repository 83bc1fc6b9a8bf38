import { ConnectionFailed, Inconclusive } from '#lab';
import type { Evidence, RoleContainer } from '#lab';
import type { ProbeContainer, Tools } from './probe-container.ts';
import { sha256 } from './seed.ts';

/** More than this of one container's output is no bound that helps. */
const maxLogBytes = 1024 ** 3;

/** What the daemon does, not what its file says: a fresh container shows the defaults it gives, the kernel shows what runs beside it. */
export async function checkDaemon(tools: Tools, probe: ProbeContainer): Promise<Evidence> {
  return [
    await newPrivileges(tools, probe),
    await neighbours(tools, probe),
    boundedLogs(tools, probe.role, 'a fresh container'),
    await proxies(tools),
    ...(await information(tools)),
  ];
}

async function newPrivileges({ notYet }: Tools, { role }: ProbeContainer): Promise<string> {
  const [first] = await role.processes();
  if (!first.noNewPrivileges) throw notYet('new-privileges', [`a fresh container, pid ${first.pids[1] ?? first.pids[0]} (${first.comm}): NoNewPrivs 0`]);
  return 'a fresh container: NoNewPrivs 1';
}

/** Two containers on the default bridge must not reach each other; that the one answers at all is shown from the Docker host. */
async function neighbours({ sandbox, notYet }: Tools, { role, key, run }: ProbeContainer): Promise<string> {
  const [address] = role.networkAddresses;
  if (address === undefined) return 'there is no default bridge';
  const nonce = sandbox.random();
  const path = `/cgi-bin/id?nonce=${nonce}`;
  const right = await sha256(`${key}:${nonce}`);
  const control = await sandbox.http({ host: address, port: 80, path, from: 'dockerhost' }).catch((error: unknown) => {
    if (error instanceof ConnectionFailed)
      throw new Inconclusive('control-failed', [`the Docker host itself gets no answer from ${address}: ${error.message}`]);
    throw error;
  });
  if (control.body.trim() !== right) throw new Inconclusive('control-failed', [`${address} does not answer as the fresh container would`]);
  // A connection is enough: what answers is an image that the learner may have built anew.
  const said = await run(`nc -w 1 ${address} 80 < /dev/null > /dev/null 2>&1 && echo connected || echo not connected`);
  if (!said.includes('not connected')) throw notYet('neighbours-talk', [`one container on the default bridge reaches another: connected to ${address}:80`]);
  return `one container on the default bridge does not reach another (${address}:80), the Docker host does`;
}

/** The output of a container is bounded; `name` says whose it is. */
export function boundedLogs({ notYet }: Tools, role: RoleContainer, name: string): string {
  const { Type = '', Config } = (role.hostConfig['LogConfig'] ?? {}) as { Type?: string; Config?: Readonly<Record<string, string>> | null };
  const size = Config?.['max-size'];
  const files = Config?.['max-file'];
  const line = `log of ${name}: ${Type}, max-size ${size ?? '(none)'}, max-file ${files ?? '(none)'}`;
  if (Type === 'json-file' && (size === undefined || files === undefined)) throw notYet('logs-unbounded', [line]);
  // The driver "local" has bounds of its own.
  if (Type !== 'json-file' && Type !== 'local') throw notYet('logs-unbounded', [line]);
  if (bytesOf(size ?? '20m') * Number(files ?? 5) > maxLogBytes) throw notYet('logs-unbounded', [line, 'that is more than 1 GiB for each container']);
  return line;
}

/** As Docker reads sizes: `10m` are 10 MiB. Infinity for what it would not take. */
function bytesOf(text: string): number {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?$/i.exec(text.trim()) ?? [];
  return number === '' ? Number.POSITIVE_INFINITY : Number(number) * 1024 ** ['', 'k', 'm', 'g', 't'].indexOf(unit.toLowerCase());
}

async function proxies({ sandbox, notYet }: Tools): Promise<string> {
  const found = (await sandbox.processes()).filter(({ commandLine }) => / -host-port \d+ /.test(`${commandLine} `));
  if (found.length > 0)
    throw notYet(
      'userland-proxy',
      found.map(({ pids, comm, commandLine }) => `pid ${pids[1] ?? pids[0]} (${comm}): ${commandLine.slice(0, 200)}`),
    );
  return 'no docker-proxy runs';
}

interface Info {
  readonly LiveRestoreEnabled?: boolean;
  readonly Debug?: boolean;
  readonly ExperimentalBuild?: boolean;
  readonly RegistryConfig?: {
    readonly InsecureRegistryCIDRs?: readonly string[] | null;
    readonly IndexConfigs?: Readonly<Record<string, { readonly Secure?: boolean }>> | null;
  };
}

async function information({ sandbox, notYet }: Tools): Promise<string[]> {
  const info = ((await sandbox.engineApi('/info')) ?? {}) as Info;
  const insecure = [
    ...(info.RegistryConfig?.InsecureRegistryCIDRs ?? []),
    ...Object.entries(info.RegistryConfig?.IndexConfigs ?? {}).flatMap(([name, { Secure }]) => (Secure === true ? [] : [name])),
  ].filter((place) => !/^(127\.|::1|localhost)/.test(place));
  if (insecure.length > 0) throw notYet('insecure-registries', [`docker info, insecure registries: ${insecure.join(', ')}`]);
  if (info.Debug !== false || info.ExperimentalBuild !== false)
    throw notYet('not-for-production', [`docker info: Debug ${String(info.Debug)}, Experimental ${String(info.ExperimentalBuild)}`]);
  if (info.LiveRestoreEnabled !== true) throw notYet('no-live-restore', [`docker info: Live Restore ${String(info.LiveRestoreEnabled)}`]);
  return ['docker info: no insecure registries, Debug false, Experimental false, Live Restore true'];
}
