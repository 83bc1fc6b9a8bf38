import { ConnectionFailed, NotYet } from '#lab';
import type { CheckTools, HttpAnswer, RoleContainer, SandboxView } from '#lab';
import { suspects, type Suspect } from './containers.ts';
import type lab from './lab.ts';

export type Tools = CheckTools<typeof lab>;

const numbers = [1, 2, 3, 4, 5, 6] as const;

/** The search for a file may take two seconds. */
const patienceMs = 5000;

/** A website that proved to be genuine, and what a command in it sees when it is sent the way an attacker sends it. */
export interface Testimony {
  readonly suspect: Suspect;
  /** Everything the commands printed. */
  readonly output: string;
}

/** What the checker hid on the Docker host for the websites not to find. */
export interface Hidden {
  readonly file: string;
  readonly fileSecret: string;
  readonly port: number;
  readonly portSecret: string;
}

export interface Interrogation {
  readonly hidden: Hidden;
  readonly testimonies: readonly Testimony[];
}

const interrogations = new WeakMap<SandboxView, Promise<Interrogation>>();

/**
 * Asks all six websites, once a run: is each the genuine one, does it serve its page, does it still run commands (that is how the attack came), and does
 * the command run in this very container? Throws NotYet with what is amiss.
 */
export function interrogate(tools: Tools): Promise<Interrogation> {
  const known = interrogations.get(tools.sandbox) ?? interrogateNow(tools);
  interrogations.set(tools.sandbox, known);
  return known;
}

/** Random looking text that setup.sh derives from the session's seed in the same way. */
export async function secretOf({ seed }: SandboxView, name: string): Promise<string> {
  return (await sha256(`${seed}:${name}`)).slice(0, 12);
}

async function interrogateNow(tools: Tools): Promise<Interrogation> {
  const { sandbox } = tools;
  const roles: RoleContainer[] = [];
  for (const n of numbers) roles.push(await sandbox.role({ label: `web-${n}`, port: 8100 + n }));
  const [fileSecret, portSecret] = [sandbox.random(), sandbox.random()];
  const file = `canary-${sandbox.random(6)}`;
  await sandbox.plantFile({ path: `/root/${file}`, content: fileSecret, mode: 0o644 });
  const hidden = { file, fileSecret, port: await sandbox.plantLoopbackListener(portSecret), portSecret };
  const testimonies = await Promise.all(roles.map((role, index) => question(tools, role, index + 1, hidden)));
  return { hidden, testimonies };
}

async function question(tools: Tools, role: RoleContainer, n: number, hidden: Hidden): Promise<Testimony> {
  const nonce = tools.sandbox.random();
  const { body: output } = await ask(tools, role, `/cgi-bin/run?cmd=${encodeURIComponent(script(nonce, hidden))}`);
  const [executed, identity] = output.split('\n');
  if (executed !== (await sha256(nonce))) throw tools.notYet('app-changed', [`web-${n}: cmd=printf %s ${nonce} | sha256sum: "${output.slice(0, 100)}"`]);
  if (identity !== (await sha256(`${await secretOf(tools.sandbox, 'key')}:${nonce}`))) throw tools.notYet('not-genuine', [`web-${n}: its APP_KEY is another`]);
  const page = await tools.sandbox.http({ port: 8100 + n, path: '/', timeoutMs: patienceMs });
  if (!page.body.includes(await secretOf(tools.sandbox, `page:${n}`))) throw tools.notYet('page-missing', [`web-${n}: GET /: ${show(page)}`]);
  const suspect = (await suspects(tools.sandbox)).find(({ container }) => container.id === role.id) ?? { container: role, processes: [] };
  refuseForeignNamespaces(tools, suspect, output);
  return { suspect, output };
}

/** The command must have run where the container is: otherwise somebody else answers from behind it, or its processes hide. */
function refuseForeignNamespaces({ notYet }: Tools, { container, processes }: Suspect, output: string): void {
  for (const namespace of ['ipc', 'mnt', 'net', 'pid', 'uts'] as const) {
    const seen = new RegExp(`^${namespace}:\\[(\\d+)\\]$`, 'm').exec(output)?.[1];
    if (!processes.some((process) => process.namespaces[namespace] === seen)) {
      const own = processes[0]?.namespaces[namespace] ?? 'unknown';
      throw notYet('ran-elsewhere', [`${container.name}: a command ran in ${namespace} namespace ${seen ?? 'unknown'}; the container's is ${own}`]);
    }
  }
}

/** The first two lines prove that the commands really ran, and in the genuine website; the last two are the attack. */
function script(nonce: string, { file, port }: Hidden): string {
  return [
    `printf %s ${nonce} | sha256sum | cut -d ' ' -f 1`,
    `printf %s "$APP_KEY:${nonce}" | sha256sum | cut -d ' ' -f 1`,
    'for namespace in ipc mnt net pid uts; do readlink /proc/self/ns/$namespace; done',
    `timeout 1 nc 127.0.0.1 ${port} </dev/null 2>/dev/null`,
    `{ cat /proc/[0-9]*/root/root/${file}; timeout 2 find / \\( -path /proc -o -path /sys \\) -prune -o -name ${file} -exec cat {} \\; ; } 2>/dev/null`,
  ].join('\n');
}

/** One HTTP exchange; it counts only when a process of this container answered. Throws NotYet (`silent`, `service-elsewhere`). */
async function ask(tools: Tools, role: RoleContainer, path: string): Promise<HttpAnswer> {
  const answer = await role.http({ path, timeoutMs: patienceMs }).catch((error: unknown) => {
    if (!(error instanceof ConnectionFailed)) throw error;
    throw tools.notYet('silent', [`${role.name}: GET ${path.slice(0, 60)}: ${error.message}`]);
  });
  if (!answer.answeredByContainer) throw new NotYet('service-elsewhere', [`${role.name}: GET ${path.slice(0, 60)}: answered by something else`]);
  return answer;
}

function show({ status, body }: HttpAnswer): string {
  return `${status}, "${body.trim().slice(0, 100)}"`;
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
