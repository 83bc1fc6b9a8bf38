import { access } from 'node:fs/promises';
import type { Instance } from './instance.ts';
import { run, succeeds } from './run.ts';

/**
 * The engine's own network namespace. It has no uplink and does not forward, so that a sandbox reaches neither the machine
 * nor another sandbox's network, and Docker's firewall rules never touch the machine's.
 */
export async function ensureNetworkNamespace(instance: Instance): Promise<void> {
  const isThere = await access(instance.networkNamespace).then(
    () => true,
    () => false,
  );
  if (isThere && (await isUsable(instance))) return;
  await removeNetworkNamespace(instance);
  await run('ip', ['netns', 'add', instance.name]);
  await run('ip', ['-n', instance.name, 'link', 'set', 'lo', 'up']);
  for (const setting of ['net.ipv4.ip_forward=0', 'net.ipv6.conf.all.disable_ipv6=1', 'net.ipv6.conf.default.disable_ipv6=1']) {
    await succeeds('nsenter', [`--net=${instance.networkNamespace}`, 'sysctl', '-q', '-w', setting]);
  }
  await letBridgesPass(instance);
}

/**
 * Docker drops what on an internal network bears a foreign address, even from one of its two containers to the other. A sandbox's Docker host has networks of its
 * own behind it, to which the attacker box has a route. Only what stays on one bridge may pass: `physdev` tells it from what would be routed. Docker finds
 * its chain for other people's rules there and keeps it. A kernel without that match has no such route.
 */
async function letBridgesPass(instance: Instance): Promise<void> {
  const inside = (...words: string[]): Promise<boolean> => succeeds('nsenter', [`--net=${instance.networkNamespace}`, 'iptables', '-w', ...words]);
  await inside('-N', 'DOCKER-USER');
  await inside('-A', 'DOCKER-USER', '-m', 'physdev', '--physdev-is-bridged', '-j', 'ACCEPT');
}

/**
 * Makes a bridge a hub, which passes every frame to all of its few ports: it would learn as many addresses as a sandbox makes up, in memory of the kernel
 * that nobody is charged for.
 */
export async function stopLearning(instance: Instance, bridge: string): Promise<void> {
  await run('ip', ['-n', instance.name, 'link', 'set', bridge, 'type', 'bridge', 'ageing_time', '0']);
}

/**
 * Lets the network namespace of process `pid` (the attacker box's) reach the usual addresses of a Docker host's containers through that host, at `via`: anybody
 * on the same network can set such a route, but the learner, without NET_ADMIN, could not.
 */
export async function routeToContainers(pid: number, via: string): Promise<void> {
  await run('nsenter', [`--net=/proc/${pid}/ns/net`, 'ip', 'route', 'add', '172.16.0.0/12', 'via', via]);
}

/** Removes the namespace and, with it, every bridge and veth in it. */
export async function removeNetworkNamespace(instance: Instance): Promise<void> {
  await succeeds('ip', ['netns', 'delete', instance.name]);
}

/** After a crash the file may be there without a namespace mounted on it. */
function isUsable(instance: Instance): Promise<boolean> {
  return succeeds('nsenter', [`--net=${instance.networkNamespace}`, 'true']);
}
