import { ConnectionFailed, NotYet } from '#lab';
import type { Evidence, RoleContainer } from '#lab';
import { boundedLogs } from './check-daemon.ts';
import type { Tools } from './probe-container.ts';
import { sha256, shopKey } from './seed.ts';

export interface WorkingShop {
  readonly role: RoleContainer;
  readonly evidence: Evidence;
}

/** The shop works, and it was created anew since the daemon got better defaults: a container keeps those it was created with. */
export async function checkShop(tools: Tools): Promise<Evidence> {
  const { role, evidence } = await workingShop(tools);
  const old = (await role.processes()).find(({ noNewPrivileges }) => !noNewPrivileges);
  if (old !== undefined) throw tools.notYet('shop-unchanged', [`container ${role.name}, pid ${old.pids[1] ?? old.pids[0]} (${old.comm}): NoNewPrivs 0`]);
  return [...evidence, `every process of container ${role.name}: NoNewPrivs 1`, boundedLogs(tools, role, `container ${role.name}`)];
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
