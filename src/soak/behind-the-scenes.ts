import { join } from 'node:path';
import { connectKeeper } from '#server/keeper/keeper.ts';
import { openStore } from '#server/store/open-store.ts';
import type { Instance } from '#sandbox/host/instance.ts';

/** The sandbox of a session, as the server has stored it. */
export async function sandboxOf(instance: Instance, session: string): Promise<string | undefined> {
  using store = openStore(databaseOf(instance));
  return Promise.resolve(store.sessions.find(session)?.sandbox ?? undefined);
}

/** Sets the end of a session to now, where the server looks it up. */
export function letTimeRunOut(instance: Instance, session: string): void {
  using store = openStore(databaseOf(instance));
  store.sessions.change(session, { expiresAt: Date.now() }, ['starting', 'ready']);
}

/** Sets the keeper's own deadline of a sandbox. False when the keeper is away or does not know it. */
export async function setKeeperDeadline(instance: Instance, sandbox: string, at: number): Promise<boolean> {
  return connectKeeper(instance.keeperSocket)
    .setDeadline(sandbox, new Date(at))
    .then(
      () => true,
      () => false,
    );
}

function databaseOf(instance: Instance): string {
  return join(instance.serverDirectory, 'schott.sqlite');
}
