import { ConnectionFailed, NotYet } from '#lab';
import type { CheckTools, HttpAnswer, RoleContainer, SandboxView } from '#lab';
import type lab from './lab.ts';

export type Tools = CheckTools<typeof lab>;

const port = 8080;

/** The shop, as `start/srv/shop/run.sh` starts it. */
export function findShop({ sandbox }: Tools): Promise<RoleContainer> {
  return sandbox.role({ label: 'shop', port, image: 'lab/app' });
}

/** The shop answers a number that nobody knew before, from its own container: the positive control of every "nobody gets in". */
export async function proveShop(tools: Tools): Promise<string> {
  const shop = await findShop(tools);
  const nonce = tools.sandbox.random();
  const answer = await shop.http({ path: `/cgi-bin/id?nonce=${nonce}` }).catch(notAnswering(tools));
  if (!answer.answeredByContainer) throw new NotYet('service-elsewhere', [`port ${port} is answered by a process outside of container ${shop.name}`]);
  return judge(tools, nonce, answer);
}

/** As `proveShop`, for when Docker was restarted meanwhile and the container has a new first process. */
export async function proveShopAgain(tools: Tools): Promise<string> {
  const nonce = tools.sandbox.random();
  const ask = (): Promise<HttpAnswer> => tools.sandbox.http({ port, path: `/cgi-bin/id?nonce=${nonce}` });
  let answer = await ask().catch(() => undefined);
  // Restarted containers come up a moment after the API.
  for (const deadline = Date.now() + 5000; answer === undefined && Date.now() < deadline; await tools.sandbox.sleep(200))
    answer = await ask().catch(() => undefined);
  return judge(tools, nonce, answer ?? (await ask().catch(notAnswering(tools))));
}

function notAnswering({ notYet }: Tools): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof ConnectionFailed)) throw error;
    throw notYet('shop-broken', [`port ${port}: no answer (${error.message})`]);
  };
}

async function judge({ sandbox, notYet }: Tools, nonce: string, answer: HttpAnswer): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${shopKey(sandbox)}:${nonce}`));
  if (answer.body.trim() !== Buffer.from(digest).toString('hex'))
    throw notYet('shop-broken', [`GET /cgi-bin/id?nonce=${nonce}: ${answer.status}, not what the shop answers`]);
  return `shop on port ${port} answers nonce ${nonce}`;
}

/** As setup.sh makes it. */
function shopKey({ seed }: SandboxView): string {
  return `shop-${seed.slice(0, 16)}`;
}
