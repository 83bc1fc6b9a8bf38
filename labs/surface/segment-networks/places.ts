import type { KernelProcess, NestedContainer, RoleContainer, SandboxView } from '#lab';

/** An address and port at which somebody in the sandbox accepts connections. */
export interface Place {
  readonly host: string;
  readonly port: number;
  /** Name of the container, or `host`. */
  readonly owner: string;
}

/** More are not tried. */
const mostPlaces = 80;

/** Ports of the Docker host at which somebody may listen from outside: the kernel's listeners, and what containers publish (without a proxy nobody listens there). */
export async function hostPorts(sandbox: SandboxView): Promise<readonly number[]> {
  const published = (await sandbox.containers()).filter(({ running }) => running).flatMap(publishedPorts);
  const listening = (await sandbox.listeners()).filter(({ address }) => !address.startsWith('127.')).map(({ port }) => port);
  return [...new Set([...published, ...listening, ...(await redirectedPorts(sandbox)), 6379, 8000, 8081])].toSorted((a, b) => a - b).slice(0, mostPlaces);
}

/** Ports that somebody redirects by a rule of his own: nobody listens there. The word of a program on the host, so it only adds. */
async function redirectedPorts(sandbox: SandboxView): Promise<readonly number[]> {
  const { output } = await sandbox.runOnHost('/usr/sbin/iptables-save -t nat');
  return [...output.matchAll(/^-A .*--dport (\d+) .*-j (?:DNAT|REDIRECT)/gm)].map(([, port]) => Number(port));
}

/** Every place of the containers, from the kernel's tables of their network namespaces; those that use the Docker host's own are among `hostPlaces`. */
export async function containerPlaces(sandbox: SandboxView): Promise<readonly Place[]> {
  const [containers, processes, host] = await Promise.all([sandbox.containers(), sandbox.processes(), sandbox.hostProcess()]);
  const places: Place[] = [];
  for (const container of containers.filter(({ running }) => running)) {
    const process = firstOf(container, processes);
    if (process === undefined || process.namespaces.net === host.namespaces.net) continue;
    const ports = new Set((await sandbox.listeners(process)).filter(({ address }) => !address.startsWith('127.')).map(({ port }) => port));
    places.push(...[...ports].flatMap((port) => container.networkAddresses.map((address) => ({ host: address, port, owner: container.name }))));
  }
  return places.slice(0, mostPlaces);
}

/** The Docker host's ports at its outside address, which stands for all of them, and at the single address that somebody bound a port to. */
export async function hostPlaces(sandbox: SandboxView): Promise<readonly Place[]> {
  const bound = (await sandbox.listeners()).filter(({ address }) => /^[0-9.]+$/.test(address) && !/^(0\.0\.0\.0|127\.)/.test(address));
  const places = (await hostPorts(sandbox)).map((port) => ({ host: sandbox.address, port, owner: 'host' }));
  return [...places, ...bound.map(({ address, port }) => ({ host: address, port, owner: 'host' }))];
}

/** Addresses of the Docker host in the containers' networks, by the network's name. */
export async function gateways(sandbox: SandboxView): Promise<ReadonlyMap<string, string>> {
  const networks = (await sandbox.engineApi('/networks')) as ReadonlyArray<{ Name: string; IPAM?: { Config?: ReadonlyArray<{ Gateway?: string }> | null } }>;
  return new Map(
    networks.flatMap(({ Name, IPAM }) => (IPAM?.Config ?? []).flatMap(({ Gateway }) => (Gateway ? [[Name, Gateway.replace(/\/.*/, '')] as const] : []))),
  );
}

export function isOf(place: Place, role: RoleContainer): boolean {
  return role.networkAddresses.includes(place.host);
}

export function show({ host, port, owner }: Place): string {
  return `${host}:${port} (${owner})`;
}

function publishedPorts({ hostConfig }: NestedContainer): readonly number[] {
  const bindings = Object.values((hostConfig['PortBindings'] ?? {}) as Record<string, ReadonlyArray<{ HostPort?: string }> | null>);
  return bindings.flatMap((some) => (some ?? []).map(({ HostPort }) => Number(HostPort))).filter((port) => port > 0);
}

function firstOf({ id }: NestedContainer, processes: readonly KernelProcess[]): KernelProcess | undefined {
  return processes.find(({ cgroup, mounts }) => cgroup.includes(id) && mounts.length > 0);
}
