import type { Evidence } from '#lab';
import { ask, containerOf, oldShopImage, proveServices, type Tools } from './harbour.ts';
import { released } from './registry.ts';

/** The shop runs from a release in which CVE-2022-29078 leads nowhere, the way back is open, and all four services work. */
export async function checkShop(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const shop = await containerOf(tools, 'shop');
  const name = `Skipper ${sandbox.random(6)}`;
  const page = await ask(tools, shop, { method: 'POST', path: '/', body: JSON.stringify({ guest: name }) });
  if (page.status !== 200 || !page.body.includes(name)) throw notYet('service-broken', [`POST / with a guest: ${page.status}, does not greet "${name}"`]);
  await proveNoInjection(tools);
  const proofs = await proveServices(tools);
  const old = await oldShopImage(sandbox);
  if (shop.imageId === old) throw notYet('still-old', [`${shop.name} runs from ${shop.imageName}, the image of the start (${old.slice(0, 19)})`]);
  const back = await released(sandbox, 'harbour/shop', '1.2.0');
  if (back?.imageId !== old && !(await isTaggedHere(tools, old)))
    throw notYet('no-way-back', ['harbour/shop:1.2.0: neither the registry nor this host has the image of before under that name']);
  return [`greets "${name}"`, 'code in outputFunctionName: not run', ...proofs, `shop:1.2.0 is still ${old.slice(0, 19)}`];
}

/** JSON knows more than one way to write a letter, so a filter for the word does not count. */
async function proveNoInjection(tools: Tools): Promise<void> {
  const shop = await containerOf(tools, 'shop');
  for (const option of ['outputFunctionName', String.raw`\u006futput\u0046unction\u004eame`]) {
    const [left, right] = [1, 2].map(() => Number.parseInt(tools.sandbox.random(3), 16) + 1000) as [number, number];
    const body = `{"settings":{"view options":{"${option}":"x;return String(${left}*${right});s"}}}`;
    const answer = await ask(tools, shop, { method: 'POST', path: '/', body });
    if (answer.body.includes(String(left * right)))
      throw tools.notYet('exploit-works', [`POST / with ${option}: ran our code, which answered ${left * right}`]);
  }
}

async function isTaggedHere({ sandbox }: Tools, old: string): Promise<boolean> {
  const images = (await sandbox.engineApi('/images/json')) as readonly { Id: string; RepoTags: readonly string[] | null }[];
  return images.some(({ Id: id, RepoTags: tags }) => id === old && tags?.some((tag) => tag.endsWith('/shop:1.2.0')) === true);
}
