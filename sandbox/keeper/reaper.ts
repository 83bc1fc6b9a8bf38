import { labels } from '../engine/labels.ts';
import { sandboxesWithNetwork } from '../engine/networks.ts';
import { unlessGone, type Engine } from '../engine/connection.ts';
import { isAlive } from '../host/lock.ts';
import { removeDeadRelays } from './relay.ts';
import { removeSandbox, type SandboxPlace } from './sandbox-parts.ts';

/** Removes every sandbox, half-baked image and checker's box whose owner is gone, and what else is left of sandboxes that no longer exist. */
export async function reapOrphans(place: SandboxPlace): Promise<string[]> {
  const owners = await sandboxOwners(place.engine);
  const orphans = [...owners].filter(([, owner]) => !isOwnerAlive(owner)).map(([sandbox]) => sandbox);
  for (const sandbox of orphans) await removeSandbox(place, sandbox);
  await removeHelpers(place.engine, (owner) => !isOwnerAlive(owner));
  await removeDeadRelays(place.instance.relayDirectory);
  return orphans;
}

/** Removes every sandbox, whoever owns it: the last one to leave switches off the light. */
export async function reapEverything(place: SandboxPlace): Promise<void> {
  const owners = await sandboxOwners(place.engine);
  for (const sandbox of owners.keys()) await removeSandbox(place, sandbox);
  await removeHelpers(place.engine, () => true);
}

/** Every sandbox that has a container or a network, with its owner. */
export async function sandboxOwners(engine: Engine): Promise<Map<string, string>> {
  const containers = await engine.listContainers({ all: true, filters: { label: [labels.sandbox] } });
  const owners = new Map<string, string>();
  for (const { Labels } of containers) {
    if (!isHelper(Labels[labels.kind])) owners.set(Labels[labels.sandbox] ?? '', Labels[labels.owner] ?? '');
  }
  for (const { sandbox, owner } of await sandboxesWithNetwork(engine)) if (!owners.has(sandbox)) owners.set(sandbox, owner);
  return owners;
}

/** The keeper adopts its own after a restart; a command line's sandboxes live as long as its process. */
function isOwnerAlive(owner: string): boolean {
  if (owner === 'keeper') return true;
  const pid = /^cli:(\d+)$/.exec(owner)?.[1];
  return pid !== undefined && isAlive(Number(pid));
}

/** What a process has made for itself, to bake in or to check with: no sandbox, and nobody takes it up again. */
function isHelper(kind: string | undefined): boolean {
  return kind === 'bake' || kind === 'box';
}

async function removeHelpers(engine: Engine, isOrphan: (owner: string) => boolean): Promise<void> {
  const containers = await engine.listContainers({ all: true, filters: { label: [labels.kind] } });
  for (const { Id, Labels } of containers) {
    if (isHelper(Labels[labels.kind]) && isOrphan(Labels[labels.owner] ?? '')) await unlessGone(engine.getContainer(Id).remove({ force: true, v: true }));
  }
}
