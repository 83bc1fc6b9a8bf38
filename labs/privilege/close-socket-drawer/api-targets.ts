import type { KernelProcess, NestedContainer, RoleContainer, SandboxView } from '#lab';

/** An address at which somebody in the sandbox may accept TCP connections. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/** More are not tried; a sandbox with so many listeners is no longer this lab. */
const mostTargets = 60;

/**
 * Everywhere `role` could find a Docker API: each port somebody listens on, from the kernel's tables, at each address of that network namespace.
 * The role's own loopback counts, since it may share its network with a neighbour.
 */
export async function targetsFrom(sandbox: SandboxView, role: RoleContainer): Promise<readonly Target[]> {
  const [containers, processes, host, gateways, [own]] = await Promise.all([
    sandbox.containers(),
    sandbox.processes(),
    sandbox.hostProcess(),
    gatewaysOf(sandbox),
    role.processes(),
  ]);
  const targets = await targetsOf(sandbox, host, [sandbox.address, '127.0.0.1', ...gateways]);
  targets.push(...(await targetsOf(sandbox, own, ['127.0.0.1'])));
  for (const container of containers.filter(({ running }) => running)) {
    const process = firstOf(container, processes);
    if (process === undefined || process.namespaces.net === host.namespaces.net) continue;
    targets.push(...(await targetsOf(sandbox, process, container.networkAddresses)));
  }
  return [...new Map(targets.map((target) => [`${target.host}:${target.port}`, target])).values()].slice(0, mostTargets);
}

async function targetsOf(sandbox: SandboxView, process: KernelProcess, hosts: readonly string[]): Promise<Target[]> {
  const ports = new Set((await sandbox.listeners(process)).filter(({ address }) => address !== '127.0.0.11').map(({ port }) => port));
  return [...ports].flatMap((port) => hosts.map((host) => ({ host, port })));
}

/** The Docker host's own addresses in the containers' networks. */
async function gatewaysOf(sandbox: SandboxView): Promise<readonly string[]> {
  const networks = (await sandbox.engineApi('/networks')) as ReadonlyArray<{ IPAM?: { Config?: ReadonlyArray<{ Gateway?: string }> | null } }>;
  return networks.flatMap(({ IPAM }) => (IPAM?.Config ?? []).flatMap(({ Gateway }) => (Gateway === undefined ? [] : [Gateway.replace(/\/.*/, '')])));
}

function firstOf({ id }: NestedContainer, processes: readonly KernelProcess[]): KernelProcess | undefined {
  return processes.find(({ cgroup, mounts }) => cgroup.includes(id) && mounts.length > 0);
}
