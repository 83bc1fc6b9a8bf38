import { ConnectionFailed } from '#lab';
import type { Evidence } from '#lab';
import { isOf, show } from './places.ts';
import { allPlaces, openFrom } from './scan.ts';
import { findService, type Tools } from './services.ts';

/** admin answers on the Docker host's own loopback, and nowhere else. */
export async function checkAdmin(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const [admin, blog, shop] = await Promise.all((['admin', 'blog', 'shop'] as const).map((name) => findService(sandbox, name)));
  if (admin === undefined || blog === undefined || shop === undefined) throw new Error('three services were asked for');
  if (await sandbox.canConnect(8081)) throw notYet('admin-reachable', ["port 8081 accepts connections from the attacker's network"]);
  const places = (await allPlaces(sandbox)).filter((place) => isOf(place, admin) || (place.owner === 'host' && place.port === 8081));
  const open = (
    await Promise.all([blog, shop].map(async (role) => (await openFrom(role, places)).map((place) => `a copy of ${role.name} connects to ${show(place)}`)))
  ).flat();
  if (open.length > 0) throw notYet('admin-reachable', open);
  const nonce = sandbox.random();
  const body = await fromLoopback(tools, `/cgi-bin/status?nonce=${nonce}`);
  if (!body.includes(await sha256(nonce)))
    throw notYet('admin-gone', [`GET http://127.0.0.1:8081/cgi-bin/status?nonce=${nonce} on the Docker host: ${body.slice(0, 200)}`]);
  return ["port 8081 is closed to the attacker's network and to copies of blog and shop", 'on the Docker host 127.0.0.1:8081 answers the nonce'];
}

async function fromLoopback({ sandbox, notYet }: Tools, path: string): Promise<string> {
  try {
    return (await sandbox.http({ from: 'dockerhost', host: '127.0.0.1', port: 8081, path })).body;
  } catch (error) {
    if (!(error instanceof ConnectionFailed)) throw error;
    throw notYet('admin-gone', [`127.0.0.1:8081 on the Docker host: ${error.message}`]);
  }
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
