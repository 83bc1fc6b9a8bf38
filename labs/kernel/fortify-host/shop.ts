import { ConnectionFailed, NotYet } from '#lab';
import type { Evidence, RoleContainer } from '#lab';
import type { Tools } from './probe-container.ts';
import { sha256, shopKey } from './seed.ts';

export interface WorkingShop {
  readonly role: RoleContainer;
  readonly evidence: Evidence;
}

/** The shop answers a number that nobody knew before, and it is this container that answers. */
export async function workingShop({ sandbox, notYet }: Tools): Promise<WorkingShop> {
  const role = await sandbox.role({ label: 'shop', port: 8080 });
  const nonce = sandbox.random();
  const answer = await role.http({ path: `/cgi-bin/id?nonce=${nonce}` }).catch((error: unknown) => {
    if (!(error instanceof ConnectionFailed)) throw error;
    throw notYet('shop-broken', [`GET /cgi-bin/id on port 8080: ${error.message}`]);
  });
  if (answer.body.trim() !== (await sha256(`${await shopKey(sandbox.seed)}:${nonce}`)))
    throw notYet('shop-broken', [`GET /cgi-bin/id on port 8080: ${answer.status}, not what the shop answers`]);
  if (!answer.answeredByContainer) throw new NotYet('service-elsewhere', [`port 8080 is answered by a process outside of container ${role.name}`]);
  return { role, evidence: [`GET http://${sandbox.address}:8080/cgi-bin/id?nonce=${nonce}: right, answered by container ${role.name}`] };
}
