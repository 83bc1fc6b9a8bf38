import { labels } from './labels.ts';
import { unlessGone, type Engine } from './connection.ts';

export interface SandboxNetwork {
  readonly id: string;
  /** Name of the bridge in the engine's network namespace. */
  readonly bridge: string;
  /** e.g. 10.213.0.16/28 */
  readonly subnet: string;
}

/** Makes the sandbox's own network: a bridge for its two containers, without a way out. */
export async function createSandboxNetwork(engine: Engine, sandbox: string, owner: string): Promise<SandboxNetwork> {
  const network = await engine.createNetwork({
    Name: networkName(sandbox),
    Driver: 'bridge',
    CheckDuplicate: true,
    Internal: true,
    Labels: { [labels.sandbox]: sandbox, [labels.owner]: owner },
    Options: { 'com.docker.network.bridge.name': bridgeName(sandbox), 'com.docker.network.bridge.enable_icc': 'true' },
  });
  return readNetwork(engine, network.id, sandbox);
}

export async function findSandboxNetwork(engine: Engine, sandbox: string): Promise<SandboxNetwork> {
  return readNetwork(engine, networkName(sandbox), sandbox);
}

export async function removeSandboxNetwork(engine: Engine, sandbox: string): Promise<void> {
  await unlessGone(engine.getNetwork(networkName(sandbox)).remove());
}

/** Sandboxes that have a network, with their owners. */
export async function sandboxesWithNetwork(engine: Engine): Promise<Array<{ sandbox: string; owner: string }>> {
  const networks = await engine.listNetworks({ filters: { label: [labels.sandbox] } });
  return networks.map((network) => ({ sandbox: network.Labels?.[labels.sandbox] ?? '', owner: network.Labels?.[labels.owner] ?? '' }));
}

function networkName(sandbox: string): string {
  return `schott-${sandbox}`;
}

async function readNetwork(engine: Engine, id: string, sandbox: string): Promise<SandboxNetwork> {
  const network = await engine.getNetwork(id).inspect();
  const subnet: unknown = network.IPAM?.Config?.[0]?.Subnet;
  if (typeof subnet !== 'string') throw new Error(`Cannot use network ${id}: it has no subnet`);
  return { id: network.Id, bridge: bridgeName(sandbox), subnet };
}

/** At most 15 characters (IFNAMSIZ): half of the id is unique enough on one machine. */
function bridgeName(sandbox: string): string {
  return `br-${sandbox.slice(0, 12)}`;
}
