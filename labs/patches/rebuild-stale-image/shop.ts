import { createHash } from 'node:crypto';
import { ConnectionFailed, NotYet } from '#lab';
import type { CheckTools, Evidence, HttpAnswer, HttpRequest, RoleContainer } from '#lab';
import type lab from './lab.ts';
import { platformRecord } from './platform-record.ts';

export type Tools = CheckTools<typeof lab>;

/** The one running container that is the shop. Whatever is built on Node and runs counts as one, labelled or not. */
export function shopContainer({ sandbox }: Tools): Promise<RoleContainer> {
  return sandbox.role({ label: 'shop', port: 8080, image: 'lab/node22' });
}

/** One HTTP exchange with the shop, which must be answered by a process of the container itself. */
export async function ask({ notYet }: Tools, shop: RoleContainer, request: Omit<HttpRequest, 'port'>): Promise<HttpAnswer> {
  const line = `${request.method ?? 'GET'} ${request.path.slice(0, 120)}`;
  const answer = await shop.http(request).catch((error: unknown) => {
    if (!(error instanceof ConnectionFailed)) throw error;
    throw notYet('shop-broken', [`${line}: no answer (${error.message})`]);
  });
  if (!answer.answeredByContainer) throw new NotYet('service-elsewhere', [`${line}: answered by a process outside of container ${shop.name}`]);
  return answer;
}

/** The page greets somebody whose name nobody could know, with what the template has to offer: the control for every attack on it. */
export async function provePage(tools: Tools, shop: RoleContainer): Promise<string> {
  const name = `Gräfin ${tools.sandbox.random(6)}`;
  const path = `/?guest=${encodeURIComponent(name)}`;
  const { status, body } = await ask(tools, shop, { path });
  for (const text of [name, 'Fischbrötchen']) {
    if (status !== 200 || !body.includes(text)) throw tools.notYet('shop-broken', [`GET ${path}: ${status}, without "${text}"`]);
  }
  return `GET ${path}: 200, greets "${name}"`;
}

/** A container of a new image does what the shop is there for: the page, the orders of before, and a new one. */
export async function checkService(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const shop = await shopContainer(tools);
  const page = await provePage(tools, shop);
  for (const { id, content } of oldOrders(sandbox.seed)) {
    const answer = await ask(tools, shop, { path: `/orders/${id}` });
    if (answer.body.trim() !== content) throw notYet('orders-lost', [`GET /orders/${id}: ${answer.status}, not the order of before`]);
  }
  const order = `${sandbox.random()}: 1 Schäkel`;
  const placed = await ask(tools, shop, { method: 'POST', path: '/orders', body: order, headers: { 'content-type': 'text/plain; charset=utf-8' } });
  const id = placed.body.trim();
  const fetched = await ask(tools, shop, { path: `/orders/${id}` });
  await removeOrder(tools, shop, id);
  if (placed.status !== 201 || fetched.body !== order) {
    throw notYet('order-broken', [`POST /orders: ${placed.status}`, `GET /orders/${id.slice(0, 40)}: ${fetched.status}, not what was ordered`]);
  }
  if (shop.imageId === (await platformRecord(sandbox)).oldShop)
    throw notYet('still-old', [`${shop.name} runs from ${shop.imageName}, which was there at the start`]);
  return [page, 'the three orders of before: there', `POST /orders, GET /orders/${id}: the same order`];
}

/** As in setup.sh. */
function oldOrders(seed: string): readonly { id: string; content: string }[] {
  return [1, 2, 3].map((number) => {
    const digest = createHash('sha256').update(`${seed}:order:${number}`).digest('hex');
    return { id: digest.slice(0, 12), content: `Liegeplatz ${digest.slice(12, 16)}: ${number * 4} Fischbrötchen` };
  });
}

/** The shop has no way to cancel an order: its file goes, where it lies on the Docker host's disk. */
async function removeOrder({ sandbox }: Tools, shop: RoleContainer, id: string): Promise<void> {
  if (!/^[0-9a-f]+$/.test(id)) return;
  const [first] = await shop.processes();
  const host = await sandbox.hostProcess();
  const disk = host.mounts.findLast(({ target }) => target === '/')?.device;
  const mount = first.mounts.findLast(({ target, device }) => target === '/data' && device === disk);
  if (mount !== undefined) await sandbox.removeFile(`${mount.root}/orders/${id}`);
}
