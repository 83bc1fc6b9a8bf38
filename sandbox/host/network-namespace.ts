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
}

/** Removes the namespace and, with it, every bridge and veth in it. */
export async function removeNetworkNamespace(instance: Instance): Promise<void> {
  await succeeds('ip', ['netns', 'delete', instance.name]);
}

/** After a crash the file may be there without a namespace mounted on it. */
function isUsable(instance: Instance): Promise<boolean> {
  return succeeds('nsenter', [`--net=${instance.networkNamespace}`, 'true']);
}
