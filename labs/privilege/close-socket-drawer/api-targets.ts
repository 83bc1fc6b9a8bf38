import type { KernelProcess, NestedContainer, RoleContainer, SandboxView } from '#lab';

/** An address at which somebody in the sandbox may accept TCP connections. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/** More are not tried; a sandbox with so many listeners is no longer this lab. */
const mostTargets = 60;

/**
 * Everywhere `role` could find a Docker API: each port somebody listens on, from the kernel's tables, at the addresses of that network namespace.
 * The role's own loopback counts, since it may share its network with a neighbour.
 */
export async function targetsFrom(sandbox: SandboxView, role: RoleContainer): Promise<readonly Target[]> {
  const [containers, processes, host, [own]] = await Promise.all([sandbox.containers(), sandbox.processes(), sandbox.hostProcess(), role.processes()]);
  const alive = containers.filter(({ running }) => running);
  const targets = [...(await targetsOf(sandbox, host, [sandbox.address])), ...alive.flatMap((container) => published(container, sandbox.address))];
  targets.push(...(await targetsOf(sandbox, own, ['127.0.0.1'])));
  for (const container of alive) {
    const process = firstOf(container, processes);
    if (process === undefined || process.namespaces.net === host.namespaces.net) continue;
    targets.push(...(await targetsOf(sandbox, process, container.networkAddresses)));
  }
  return [...new Map(targets.map((target) => [`${target.host}:${target.port}`, target])).values()].slice(0, mostTargets);
}

/** Ports that a container publishes. Without a proxy nobody listens there, and yet they lead to it. */
export function published({ hostConfig }: NestedContainer, address: string): Target[] {
  const bindings = Object.values((hostConfig['PortBindings'] ?? {}) as Record<string, ReadonlyArray<{ HostIp?: string; HostPort?: string }> | null>);
  return bindings
    .flatMap((some) => some ?? [])
    .flatMap(({ HostIp, HostPort }) => (HostPort ? [{ host: isAny(HostIp ?? '') ? address : (HostIp ?? ''), port: Number(HostPort) }] : []));
}

async function targetsOf(sandbox: SandboxView, process: KernelProcess, hosts: readonly string[]): Promise<Target[]> {
  const listeners = (await sandbox.listeners(process)).filter(({ address }) => address !== '127.0.0.11' && !(address.includes(':') && address !== '::'));
  return listeners.flatMap(({ address, port }) => (isAny(address) ? hosts : [address]).map((host) => ({ host, port })));
}

function isAny(address: string): boolean {
  return ['', '0.0.0.0', '::'].includes(address);
}

function firstOf({ id }: NestedContainer, processes: readonly KernelProcess[]): KernelProcess | undefined {
  return processes.find(({ cgroup, mounts }) => cgroup.includes(id) && mounts.length > 0);
}
