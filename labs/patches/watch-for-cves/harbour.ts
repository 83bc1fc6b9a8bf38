import { createHash } from 'node:crypto';
import { ConnectionFailed, Inconclusive, NotYet } from '#lab';
import type { CheckTools, HttpAnswer, HttpRequest, RoleContainer, SandboxView } from '#lab';
import type lab from './lab.ts';

export type Tools = CheckTools<typeof lab>;

/** The four services: where each answers on the Docker host, and where it proves that it is itself. */
export const services = {
  shop: { port: 8080, proof: '/id' },
  tide: { port: 8081, proof: '/id' },
  crane: { port: 8082, proof: '/cgi-bin/id' },
  board: { port: 8083, proof: '/cgi-bin/id' },
} as const;

export type Service = keyof typeof services;
export const serviceNames = Object.keys(services) as readonly Service[];

/** The one running container that is the service. */
export function containerOf({ sandbox }: Tools, name: Service): Promise<RoleContainer> {
  return sandbox.role({ label: name, port: services[name].port });
}

/** One HTTP exchange with a service, which must be answered by a process of its container. */
export async function ask({ notYet }: Tools, container: RoleContainer, request: Omit<HttpRequest, 'port'>): Promise<HttpAnswer> {
  const line = `${container.name}: ${request.method ?? 'GET'} ${request.path.slice(0, 80)}`;
  const answer = await container.http(request).catch((error: unknown) => {
    if (!(error instanceof ConnectionFailed)) throw error;
    throw notYet('service-broken', [`${line}: no answer (${error.message})`]);
  });
  if (!answer.answeredByContainer) throw new NotYet('service-elsewhere', [`${line}: answered by a process outside of the container`]);
  return answer;
}

/** All four answer a question that nobody could know beforehand. */
export async function proveServices(tools: Tools): Promise<string[]> {
  const key = createHash('sha256').update(`${tools.sandbox.seed}:harbour`).digest('hex').slice(0, 32);
  return Promise.all(
    serviceNames.map(async (name) => {
      const nonce = tools.sandbox.random(6);
      const { status, body } = await ask(tools, await containerOf(tools, name), { path: `${services[name].proof}?nonce=${nonce}` });
      const expected = createHash('sha256').update(`${key}:${nonce}`).digest('hex');
      if (body.trim() !== expected) throw tools.notYet('service-broken', [`${name}: ${status}, not its answer to the nonce ${nonce}`]);
      return `${name}: answers the nonce ${nonce}`;
    }),
  );
}

/** Id of the shop's image at the start, as bake.sh wrote it down: out of the learner's reach. */
export async function oldShopImage(sandbox: SandboxView): Promise<string> {
  const { ok, output } = await sandbox.runInBox(['cat', '/usr/lib/schott/harbour.json']);
  if (!ok) throw new Inconclusive('box-failed', [output.slice(0, 300)]);
  return (JSON.parse(output) as { oldShop: string }).oldShop;
}
