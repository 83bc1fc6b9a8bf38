import { Inconclusive } from '#lab';
import type { Evidence } from '#lab';
import { isOf, show, type Place } from './places.ts';
import { scanOnce } from './scan.ts';
import { findService, type Tools } from './services.ts';

/** Whoever takes over the blog reaches neither kv nor api nor admin, directly or round about. */
export async function checkBlog(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const [blog, shop, kv] = [await findService(sandbox, 'blog'), await findService(sandbox, 'shop'), await findService(sandbox, 'kv')];
  await findService(sandbox, 'admin');
  const { places, fromBlog, fromApi, throughBlog } = await scanOnce(tools);
  const isForAll = (place: Place): boolean => isOf(place, blog) || isOf(place, shop) || (place.owner === 'host' && [8080, 8082].includes(place.port));
  const forbidden = [
    ...fromBlog.filter((place) => !isForAll(place)).map((place) => `a copy of blog connects to ${show(place)}`),
    ...throughBlog.map((place) => `through its own preview blog connects to ${show(place)}`),
  ];
  if (forbidden.length > 0) throw notYet('blog-reaches', forbidden.slice(0, 8));
  const reachable = fromApi.filter((place) => isOf(place, kv) || place.owner === kv.name);
  if (reachable.length === 0) throw new Inconclusive('control-failed', ['not even a copy of api connects to kv']);
  return [
    `a copy of blog tried ${places.length} places and connects to ${fromBlog.map(show).join(', ') || 'none'}`,
    `a copy of api connects to ${reachable.map(show).join(', ')}`,
  ];
}
