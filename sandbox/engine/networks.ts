import { randomInt } from 'node:crypto';
import { labels } from './labels.ts';
import { unlessGone, type Engine } from './connection.ts';

export interface SandboxNetwork {
  readonly id: string;
  /** Name of the bridge in the engine's network namespace. */
  readonly bridge: string;
  /** e.g. 10.213.0.16/28 */
  readonly subnet: string;
}

/** A /28 holds the bridge and two containers; 10.213.0.0/16 holds 4096 of them. */
const subnetSize = 16;
const subnetCount = 65_536 / subnetSize;
const mostTries = 50;

/**
 * Makes the sandbox's own network: a bridge for its two containers, without a way out. Subnet and gateway are ours to choose, although the engine would
 * do it: a dockerd that is killed while it makes or removes a network leaves one without addresses in its store, and then panics at each start when
 * it looks for the gateway it had chosen itself (libnetwork's reservePools; seen with Docker 20.10).
 */
export async function createSandboxNetwork(engine: Engine, sandbox: string, owner: string): Promise<SandboxNetwork> {
  for (let tries = 1; ; tries++) {
    try {
      const network = await engine.createNetwork({
        Name: networkName(sandbox),
        Driver: 'bridge',
        CheckDuplicate: true,
        Internal: true,
        Labels: { [labels.sandbox]: sandbox, [labels.owner]: owner },
        IPAM: { Driver: 'default', Config: [anySubnet()] },
        Options: { 'com.docker.network.bridge.name': bridgeName(sandbox), 'com.docker.network.bridge.enable_icc': 'true' },
      });
      return await readNetwork(engine, network.id, sandbox);
    } catch (error) {
      // Somebody has this one already.
      if (tries >= mostTries || !String(error).includes('overlaps')) throw error;
    }
  }
}

function anySubnet(): { Subnet: string; Gateway: string } {
  const first = randomInt(subnetCount) * subnetSize;
  const address = (number: number): string => `10.213.${number >> 8}.${number & 255}`;
  return { Subnet: `${address(first)}/28`, Gateway: address(first + 1) };
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
