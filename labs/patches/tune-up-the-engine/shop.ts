import { ConnectionFailed, NotYet } from '#lab';
import type { CheckTools, Evidence, RoleContainer } from '#lab';
import { editionOf, readFacts, sha256 } from './facts.ts';
import { describePackage, installedPackage } from './installed-package.ts';
import type lab from './lab.ts';

export type Tools = CheckTools<typeof lab>;

/** The client that came with the host: `docker` on the path may be anything. */
export const client = '/usr/lib/schott/programs/docker';

/** One life of the shop: another start is another life. */
export interface WorkingShop {
  readonly role: RoleContainer;
  readonly startedAt: string;
  /** Of its first process, on the machine. */
  readonly pid: number;
  readonly evidence: Evidence;
}

/** The shop answers a number that nobody knew before, and it is this container that answers. */
export async function workingShop(tools: Tools): Promise<WorkingShop> {
  const role = await tools.sandbox.role({ label: 'shop', port: 8080 });
  const nonce = tools.sandbox.random();
  const path = `/cgi-bin/id?nonce=${nonce}`;
  const answer = await ask(tools, role, path);
  const key = (await sha256(`shop:${tools.sandbox.seed}`)).slice(0, 24);
  if (answer !== (await sha256(`${key}:${nonce}`))) throw tools.notYet('shop-broken', [`GET ${path} on port 8080: not what the shop answers`]);
  const [first] = await role.processes();
  return {
    role,
    startedAt: role.startedAt,
    pid: first.pids[0],
    evidence: [`GET ${path} on port 8080: right, answered by container ${role.name}, which runs since ${role.startedAt}`],
  };
}

/** Throws NotYet (`shop-restarted`) when the shop lives another life than before. Gives a line of evidence. */
export function refuseRestart({ notYet }: Tools, before: WorkingShop, after: WorkingShop): string {
  if (before.pid !== after.pid || before.startedAt !== after.startedAt)
    throw notYet('shop-restarted', [`container shop: started at ${before.startedAt}, now at ${after.startedAt}`]);
  return `container shop runs since ${after.startedAt}, through it all`;
}

/** The program in runc's place is one of this lab's editions. Throws NotYet (`upgrade-first`) otherwise. */
export async function refuseOldRuntime({ sandbox, notYet }: Tools): Promise<void> {
  const installed = await installedPackage(sandbox);
  if (installed.hash === undefined || editionOf(await readFacts(sandbox), { hash: installed.hash }) === undefined)
    throw notYet('upgrade-first', [describePackage(installed)]);
}

/** The shop works, has the orders of the start, and lets itself be managed by the new runc: a command in it leaves a note that it then shows. */
export async function checkShop(tools: Tools): Promise<Evidence> {
  const shop = await workingShop(tools);
  await refuseOldRuntime(tools);
  for (const n of [1, 2, 3]) {
    const wanted = `Order ${n}: berth ${(await sha256(`order${n}:${tools.sandbox.seed}`)).slice(0, 8)}`;
    const found = await ask(tools, shop.role, `/cgi-bin/note?id=order${n}`);
    if (found !== wanted) throw tools.notYet('orders-lost', [`order ${n}: "${found.slice(0, 80)}"`]);
  }
  const id = `probe-${tools.sandbox.random()}`;
  const text = tools.sandbox.random(16);
  const within = (script: string) => tools.sandbox.runOnHost(`${client} exec ${shop.role.id} sh -c '${script}'`);
  try {
    const { output } = await within(`echo ${text} > /data/notes/${id}`);
    const note = await ask(tools, shop.role, `/cgi-bin/note?id=${id}`);
    if (note !== text) throw tools.notYet('exec-broken', ['docker exec in the shop left nothing', output.trim().slice(0, 200)]);
  } finally {
    await within(`rm -f /data/notes/${id}`);
  }
  return [...shop.evidence, 'the three orders of the start are there', 'a command in the running shop (docker exec) wrote what the shop then showed'];
}

async function ask({ notYet }: Tools, role: RoleContainer, path: string): Promise<string> {
  const answer = await role.http({ path }).catch((error: unknown) => {
    if (!(error instanceof ConnectionFailed)) throw error;
    throw notYet('shop-broken', [`GET ${path} on port 8080: ${error.message}`]);
  });
  if (!answer.answeredByContainer) throw new NotYet('service-elsewhere', [`port 8080 is answered by a process outside of container ${role.name}`]);
  return answer.body.trim();
}
