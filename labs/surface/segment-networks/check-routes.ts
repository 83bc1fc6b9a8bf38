import { Inconclusive } from '#lab';
import type { Evidence } from '#lab';
import { containerPlaces, gateways, isOf, show } from './places.ts';
import { findService, type Tools } from './services.ts';

/** Whoever sets a route to the containers' networks through the Docker host does not get to kv, api or admin either. The attacker box has such a route. */
export async function checkRoutes({ sandbox, notYet }: Tools): Promise<Evidence> {
  const inner = await Promise.all((['kv', 'api', 'admin'] as const).map((name) => findService(sandbox, name)));
  const shop = await findService(sandbox, 'shop');
  const places = (await containerPlaces(sandbox)).filter((place) => inner.some((role) => isOf(place, role)));
  if (places.length === 0) throw new Inconclusive('control-failed', ['kv, api and admin listen nowhere']);
  const isOpen = await Promise.all(places.map(({ host, port }) => sandbox.canConnect(port, host)));
  const open = places.filter((_, index) => isOpen[index] === true);
  if (open.length > 0)
    throw notYet(
      'side-door',
      open.map((place) => `${show(place)} accepts connections from the attacker's network, by a route through the Docker host`),
    );
  const ways = await Promise.all([...(await gateways(sandbox)).values()].map(async (address) => ({ address, leads: await sandbox.canConnect(8080, address) })));
  const [way] = ways.filter(({ leads }) => leads);
  if (way === undefined)
    throw new Inconclusive('control-failed', [
      `the route does not lead to the Docker host: no address of it in a network of ${shop.name} answers on port 8080`,
    ]);
  return [`by a route through the Docker host (${way.address}:8080 answers) none of these can be reached: ${places.map(show).join(', ')}`];
}
