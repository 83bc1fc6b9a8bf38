import type { Evidence, RoleContainer } from '#lab';
import { ask, findService, type Tools } from './services.ts';

/** An order goes from the shop through api into kv and stays there; the blog shows its post. */
export async function placeOrder(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const [shop, blog, api, kv] = await Promise.all((['shop', 'blog', 'api', 'kv'] as const).map((name) => findService(sandbox, name)));
  if (shop === undefined || blog === undefined || api === undefined || kv === undefined) throw new Error('four services were asked for');
  const [nonce, item] = [sandbox.random(), `rope-${sandbox.random(4)}`];
  const path = `/cgi-bin/order?item=${item}&nonce=${nonce}`;
  const { status, body } = await ask(tools, shop, { path });
  if (status !== 200 || body.trim() !== `order ${nonce} stored: ${item}`) throw notYet('orders-broken', [`GET ${path}: ${status}`, body.slice(0, 200)]);
  const kept = await takeFromStore(api, kv, `order-${nonce}`);
  if (!kept.includes(item)) throw notYet('orders-broken', [`kv, asked by a copy of api, does not hold order-${nonce}: ${kept.slice(0, 100)}`]);
  const post = await ask(tools, blog, { path: '/post.txt' });
  if (post.status !== 200 || !post.body.includes('lighthouse')) throw notYet('orders-broken', [`blog, GET /post.txt: ${post.status}`]);
  return [`GET ${path}: ${body.trim()}`, `kv, asked by a copy of api, holds order-${nonce}`, 'the blog shows its post'];
}

/** Reads a key at each address of kv and removes it. */
async function takeFromStore(api: RoleContainer, kv: RoleContainer, key: string): Promise<string> {
  const commands = kv.networkAddresses.map((address) => `printf 'GET ${key}\\nDEL ${key}\\n' | timeout 2 nc -w 1 ${address} 6379 &`);
  return (await api.twin([...commands, 'wait', 'true'].join('\n'))).output;
}
