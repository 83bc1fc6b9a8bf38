import { Inconclusive } from '#lab';
import type { RoleContainer } from '#lab';
import { containerPlaces, hostPlaces, isOf, type Place } from './places.ts';
import { ask, findService, type Tools } from './services.ts';

/** Which places code in three of the containers can open a connection to. */
export interface Scan {
  readonly places: readonly Place[];
  readonly fromBlog: readonly Place[];
  readonly fromShop: readonly Place[];
  readonly fromApi: readonly Place[];
  /** The same through the hole in the blog itself, at other containers only. */
  readonly throughBlog: readonly Place[];
}

/** By the blog's container, which is another object after a restart of Docker. */
const scans = new WeakMap<RoleContainer, Promise<Scan>>();

/** Tries every container's places and the Docker host's from copies of blog, shop and api, once a run. */
export async function scanOnce(tools: Tools): Promise<Scan> {
  const blog = await findService(tools.sandbox, 'blog');
  const scan = scans.get(blog) ?? scanNow(tools, blog);
  scans.set(blog, scan);
  return scan;
}

async function scanNow(tools: Tools, blog: RoleContainer): Promise<Scan> {
  const { sandbox } = tools;
  const [shop, api] = [await findService(sandbox, 'shop'), await findService(sandbox, 'api')];
  const places = (await Promise.all([containerPlaces(sandbox), hostPlaces(sandbox)])).flat();
  const inner = places.filter((place) => place.owner !== 'host' && !isOf(place, blog) && !isOf(place, shop)).slice(0, 20);
  const [fromBlog, fromShop, fromApi, throughBlog] = await Promise.all([
    openFrom(blog, places),
    openFrom(shop, places),
    openFrom(api, places),
    openThrough(tools, blog, inner),
  ]);
  return { places, fromBlog, fromShop, fromApi, throughBlog };
}

/** What a copy of `role` can connect to. Its own loopback, where it listens itself, is the control. */
async function openFrom(role: RoleContainer, places: readonly Place[]): Promise<readonly Place[]> {
  // nc ends with 1 when no connection came about; anything else counts as one, an end forced by `timeout` included.
  const script = [
    'look() { timeout 2 nc -w 1 "$1" "$2" </dev/null >/dev/null 2>&1; [ $? -eq 1 ] || echo "open $1 $2"; }',
    `timeout 4 nc -l -p ${controlPort} </dev/null >/dev/null 2>&1 &`,
    ...looks(places),
    // On a busy machine it takes a while until it listens.
    `for n in 1 2 3 4 5 6 7 8; do sleep 0.3; said=$(look 127.0.0.1 ${controlPort}); [ -z "$said" ] || break; done`,
    'echo "$said"',
    'wait',
    'true',
  ].join('\n');
  const open = openIn((await role.twin(script, { timeoutMs: 9000 })).output);
  if (!open.has(`127.0.0.1:${controlPort}`)) throw new Inconclusive('control-failed', [`a copy of ${role.name} cannot even connect to itself`]);
  return places.filter(({ host, port }) => open.has(`${host}:${port}`));
}

/** Somebody may let the blog's own address pass where that of a copy may not. The blog's programs are the learner's: this only adds. */
async function openThrough(tools: Tools, blog: RoleContainer, places: readonly Place[]): Promise<readonly Place[]> {
  const script = ['look() { timeout 2 nc -w 1 "$1" "$2" </dev/null >/dev/null 2>&1 && echo "open $1 $2"; }', ...looks(places), 'wait'].join('\n');
  const { body } = await ask(tools, blog, { path: `/cgi-bin/preview?cmd=${encodeURIComponent(script)}`, timeoutMs: 6000 });
  const open = openIn(body);
  return places.filter(({ host, port }) => open.has(`${host}:${port}`));
}

const controlPort = 47_913;

function looks(places: readonly Place[]): readonly string[] {
  return [...new Set(places.map(({ host, port }) => `look ${host} ${port} &`))];
}

function openIn(output: string): ReadonlySet<string> {
  return new Set([...output.matchAll(/^open (\S+) (\d+)$/gm)].map(([, host, port]) => `${host}:${port}`));
}
