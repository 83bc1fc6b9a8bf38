import { ConnectionFailed, NotYet } from '#lab';
import type { CheckTools, HttpAnswer, RoleContainer, SandboxView } from '#lab';
import type lab from './lab.ts';

export type Tools = CheckTools<typeof lab>;

const services = {
  kv: { label: 'kv', image: 'lab/kv' },
  api: { label: 'api', image: 'lab/api' },
  shop: { label: 'shop', port: 8080, image: 'lab/shop' },
  blog: { label: 'blog', port: 8082, image: 'lab/blog' },
  admin: { label: 'admin', image: 'lab/admin' },
} as const;

export type ServiceName = keyof typeof services;
export const serviceNames = Object.keys(services) as readonly ServiceName[];

/** The one container that plays a service. */
export function findService(sandbox: SandboxView, name: ServiceName): Promise<RoleContainer> {
  return sandbox.role(services[name]);
}

/** HTTP that counts only when a process of the container answered it. Throws `not-answering` when nobody does. */
export async function ask(tools: Tools, role: RoleContainer, request: Parameters<RoleContainer['http']>[0]): Promise<HttpAnswer> {
  try {
    const answer = await role.http({ timeoutMs: 5000, ...request });
    if (!answer.answeredByContainer)
      throw new NotYet('service-elsewhere', [`${request.path} was answered by something other than a process of container ${role.name}`]);
    return answer;
  } catch (error) {
    if (!(error instanceof ConnectionFailed)) throw error;
    throw tools.notYet('not-answering', [`${role.name}: ${error.message}`]);
  }
}
