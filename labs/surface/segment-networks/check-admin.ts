import { ConnectionFailed } from '#lab';
import type { Evidence } from '#lab';
import { isOf, show, type Place } from './places.ts';
import { scanOnce } from './scan.ts';
import { findService, type Tools } from './services.ts';

/** admin answers on the Docker host's own loopback, and nowhere else. */
export async function checkAdmin(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const admin = await findService(sandbox, 'admin');
  if (await sandbox.canConnect(8081)) throw notYet('admin-reachable', ["port 8081 accepts connections from the attacker's network"]);
  const { fromBlog, fromShop } = await scanOnce(tools);
  const isAdmin = (place: Place): boolean => isOf(place, admin) || (place.owner === 'host' && place.port === 8081);
  const open = [
    ...fromBlog.filter(isAdmin).map((place) => `a copy of blog connects to ${show(place)}`),
    ...fromShop.filter(isAdmin).map((place) => `a copy of shop connects to ${show(place)}`),
  ];
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
