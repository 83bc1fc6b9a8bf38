import { randomBytes } from 'node:crypto';
import { access, readdir } from 'node:fs/promises';
import { run, succeeds } from '../host/run.ts';
import type { Instance } from '../host/instance.ts';
import type { SandboxNetwork } from '../engine/networks.ts';

/**
 * The checker's own place on a sandbox's network: a network namespace with one end of a veth pair on the sandbox's bridge, at an
 * address nobody can know beforehand. Nothing of the sandbox runs in it. Gives the namespace's path.
 */
export async function ensureVantage(instance: Instance, sandbox: string, network: SandboxNetwork): Promise<string> {
  const name = vantageName(instance, sandbox);
  const path = `/run/netns/${name}`;
  if (
    await access(path).then(
      () => true,
      () => false,
    )
  )
    return path;
  const inside = `vc${randomBytes(5).toString('hex')}`;
  const outside = `vb${randomBytes(5).toString('hex')}`;
  await run('ip', ['netns', 'add', name]);
  await run('ip', ['-n', instance.name, 'link', 'add', outside, 'type', 'veth', 'peer', 'name', inside, 'netns', name]);
  await run('ip', ['-n', instance.name, 'link', 'set', outside, 'master', network.bridge, 'up']);
  await run('ip', ['-n', name, 'address', 'add', upperAddress(network.subnet), 'dev', inside]);
  await run('ip', ['-n', name, 'link', 'set', inside, 'up']);
  return path;
}

export async function removeVantage(instance: Instance, sandbox: string): Promise<void> {
  await succeeds('ip', ['netns', 'delete', vantageName(instance, sandbox)]);
}

/** Ids of the sandboxes that have a vantage point, for the reaper. */
export async function sandboxesWithVantage(instance: Instance): Promise<string[]> {
  const prefix = vantageName(instance, '');
  return (await readdir('/run/netns').catch(() => [])).filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}

function vantageName(instance: Instance, sandbox: string): string {
  return `${instance.name}-vantage-${sandbox}`;
}

/** A random address in the upper half of the /28; Docker hands out the lower ones. */
function upperAddress(subnet: string): string {
  const [base, length] = subnet.split('/');
  const octets = (base ?? '').split('.').map(Number);
  const last = (octets[3] ?? 0) + 8 + (randomBytes(1).readUInt8() % 6);
  return `${octets.slice(0, 3).join('.')}.${last}/${length}`;
}
