import { ConnectionFailed, NotYet } from '#lab';
import type { CheckTools, HttpAnswer, KernelProcess, RoleContainer, SandboxView } from '#lab';
import type lab from './lab.ts';

export type Tools = CheckTools<typeof lab>;

/** The one container that plays the node agent. */
export async function findAgent(sandbox: SandboxView): Promise<RoleContainer> {
  return sandbox.role({ label: 'agent', port: 9100, image: 'lab/agent' });
}

/**
 * Processes of the agent itself: those in its cgroup, and those in its pid namespace unless that is the Docker host's,
 * whose other processes must not be held against the agent. Ended ones that nobody has waited for show no mounts and are left out.
 */
export async function ownProcesses(tools: Tools, agent: RoleContainer): Promise<readonly KernelProcess[]> {
  const host = await tools.sandbox.hostProcess();
  const own = (await agent.processes())
    .filter((process) => process.mounts.length > 0)
    .filter((process) => process.cgroup.includes(agent.id) || process.namespaces.pid !== host.namespaces.pid);
  if (own.length === 0) throw tools.notYet('not-answering', [`container ${agent.name} has no process`]);
  return own;
}

/**
 * Runs a shell script through the vendor's command injection and returns its output, without standard error.
 * A digest that is computed by the same script proves that the injection really ran it.
 */
export async function inject(tools: Tools, agent: RoleContainer, script: string): Promise<string> {
  const nonce = tools.sandbox.random();
  const command = `printf %s ${nonce} | sha256sum\n${script}`;
  const answer = await ask(tools, agent, `/cgi-bin/diag?cmd=${encodeURIComponent(command)}`);
  const [control, ...lines] = answer.body.split('\n');
  if (control?.split(' ')[0] !== (await sha256(nonce))) {
    throw tools.notYet('diagnostics-changed', [`diag?cmd=printf %s ${nonce} | sha256sum: HTTP ${answer.status}, "${control?.slice(0, 100) ?? ''}"`]);
  }
  return lines.join('\n');
}

export interface Metrics {
  readonly load1: number;
  readonly mem_total: number;
  readonly mem_available: number;
  readonly data_used_bytes: number;
}

/** Reads `/metrics` and proves with a nonce that a genuine agent wrote it. */
export async function readMetrics(tools: Tools, agent: RoleContainer, key: string): Promise<Metrics> {
  const nonce = tools.sandbox.random();
  const answer = await ask(tools, agent, `/metrics?nonce=${nonce}`);
  const values = new Map(
    answer.body.split('\n').map((line): [string, string] => {
      const [name = '', value = ''] = line.trim().split(' ');
      return [name, value];
    }),
  );
  if (values.get('id') !== (await sha256(key + nonce))) {
    throw tools.notYet('agent-not-genuine', [`/metrics?nonce=${nonce}: HTTP ${answer.status}, id ${values.get('id') ?? 'missing'}`]);
  }
  const number = (name: keyof Metrics): number => Number.parseFloat(values.get(name) ?? '');
  return {
    load1: number('load1'),
    mem_total: number('mem_total'),
    mem_available: number('mem_available'),
    data_used_bytes: number('data_used_bytes'),
  };
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Agents that gave no answer in this run: one silence is enough, and each further wait would eat up the time of the other tasks. */
const silent = new WeakMap<RoleContainer, string>();

/** GET that counts only when a process of the agent's container answered it. */
async function ask(tools: Tools, agent: RoleContainer, path: string): Promise<HttpAnswer> {
  const earlier = silent.get(agent);
  if (earlier !== undefined) throw tools.notYet('not-answering', [earlier]);
  try {
    const answer = await agent.http({ path });
    if (!answer.answeredByContainer) {
      throw new NotYet('service-elsewhere', [`Port 9100 was answered by something other than a process of container ${agent.name}`]);
    }
    return answer;
  } catch (error) {
    if (!(error instanceof ConnectionFailed)) throw error;
    const silence = `port 9100: ${error.message}`;
    silent.set(agent, silence);
    throw tools.notYet('not-answering', [silence]);
  }
}
