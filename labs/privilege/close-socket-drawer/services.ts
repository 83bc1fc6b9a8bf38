import { ConnectionFailed, NotYet } from '#lab';
import type { CheckTools, HttpAnswer, RoleContainer } from '#lab';
import type lab from './lab.ts';

export type Tools = CheckTools<typeof lab>;

const helpers = {
  dash: { label: 'dash', port: 8091, image: 'lab/dash' },
  backup: { label: 'backup', port: 8092, image: 'lab/backup' },
  metrics: { label: 'metrics', port: 8093, image: 'lab/metrics' },
} as const;

export type HelperName = keyof typeof helpers;

/** The one container that plays a helper. */
export function findHelper({ sandbox }: Tools, name: HelperName): Promise<RoleContainer> {
  return sandbox.role(helpers[name]);
}

/** The container whose secret must stay its own. */
export function findVault({ sandbox }: Tools): Promise<RoleContainer> {
  return sandbox.role({ label: 'vault', image: 'lab/vault' });
}

/** GET on a helper's port that counts only when a process of its container answered it. Throws `not-answering` when nobody does. */
export async function ask(tools: Tools, role: RoleContainer, path: string): Promise<HttpAnswer> {
  try {
    const answer = await role.http({ path, timeoutMs: 4000 });
    if (!answer.answeredByContainer)
      throw new NotYet('service-elsewhere', [`${path} was answered by something other than a process of container ${role.name}`]);
    return answer;
  } catch (error) {
    if (!(error instanceof ConnectionFailed)) throw error;
    throw tools.notYet('not-answering', [error.message]);
  }
}
