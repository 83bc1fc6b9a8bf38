import { Inconclusive } from '#lab';
import type { Evidence } from '#lab';
import { isOf, show, type Place } from './places.ts';
import { allPlaces, openFrom, openThrough } from './scan.ts';
import { ask, findService, type Tools } from './services.ts';

/** Whoever takes over the blog reaches neither kv nor api nor admin, directly or round about. */
export async function checkBlog(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const [blog, shop, api, kv] = await Promise.all((['blog', 'shop', 'api', 'kv'] as const).map((name) => findService(sandbox, name)));
  await findService(sandbox, 'admin');
  if (blog === undefined || shop === undefined || api === undefined || kv === undefined) throw new Error('four services were asked for');
  const places = await allPlaces(sandbox);
  const isForAll = (place: Place): boolean => isOf(place, blog) || isOf(place, shop) || (place.owner === 'host' && [8080, 8082].includes(place.port));
  const [open, reachable] = await Promise.all([
    openFrom(blog, places),
    openFrom(
      api,
      places.filter((place) => isOf(place, kv)),
    ),
  ]);
  const forbidden = open.filter((place) => !isForAll(place));
  if (forbidden.length > 0)
    throw notYet(
      'blog-reaches',
      forbidden.slice(0, 8).map((place) => `a copy of blog connects to ${show(place)}`),
    );
  const inner = places.filter((place) => !isForAll(place) && place.owner !== 'host').slice(0, 20);
  const preview = async (script: string): Promise<string> =>
    (await ask(tools, blog, { path: `/cgi-bin/preview?cmd=${encodeURIComponent(script)}`, timeoutMs: 6000 })).body;
  const byItself = await openThrough(preview, inner);
  if (byItself.length > 0)
    throw notYet(
      'blog-reaches',
      byItself.map((place) => `through its own preview blog connects to ${show(place)}`),
    );
  if (reachable.length === 0) throw new Inconclusive('control-failed', ['not even a copy of api connects to kv']);
  return [
    `a copy of blog tried ${places.length} places and connects to ${open.length === 0 ? 'none' : open.map(show).join(', ')}`,
    `a copy of api connects to ${reachable.map(show).join(', ')}`,
  ];
}
