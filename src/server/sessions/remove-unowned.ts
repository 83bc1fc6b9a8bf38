import { needKeeper, type SessionContext } from './session-context.ts';

/**
 * Removes sandboxes that no session has. They come about when server or keeper die, or the answer gets lost, between the making of a sandbox and the moment
 * its id is stored here; nobody would end them before their time is up. One that may still become a waiting session's is known by its lab and
 * its deadline, exact to the millisecond.
 */
export async function removeUnowned(context: SessionContext): Promise<void> {
  const sandboxes = await needKeeper(context).sandboxes();
  // Looked up after the keeper was asked: who has a sandbox of that list is known by now.
  const sessions = context.store.sessions.running();
  const owned = new Set(sessions.map(({ sandbox }) => sandbox));
  for (const { id, lab, expiresAt } of sandboxes) {
    const isAwaited = sessions.some((session) => session.sandbox === null && session.lab === lab && session.expiresAt === Date.parse(expiresAt));
    if (owned.has(id) || isAwaited) continue;
    context.log.warn({ sandbox: id }, 'removing a sandbox that no session has');
    await needKeeper(context).stopSandbox(id);
  }
}
