import { ConnectionFailed, NotYet } from '#lab';
import type { Evidence, KernelProcess, RoleContainer } from '#lab';
import { findFormIn } from './forms.ts';
import { currentPassword, leakedPassword, seal, secretOf } from './secrets.ts';
import { findApi, findWorker, workerPort, type Tools } from './services.ts';

/** File systems of the kernel's own; what a learner mounts is never one of them. */
const kernelTypes = new Set(['proc', 'sysfs', 'cgroup', 'cgroup2', 'devpts', 'mqueue', 'overlay']);
const engineFiles = new Set(['/etc/resolv.conf', '/etc/hostname', '/etc/hosts']);

/** The worker logs in with a password that lies in a mounted file for it alone, not in its configuration nor in its environment. */
export async function checkRuntime(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const worker = await findWorker(tools);
  const processes = await worker.processes();
  const password = await currentPassword(sandbox);
  const secrets = [secretOf('the leaked password', leakedPassword(sandbox)), ...(password === '' ? [] : [secretOf('the password', password)])];
  const found = (text: string): string | undefined => {
    for (const { name, forms } of secrets) {
      const form = findFormIn(text, forms);
      if (form !== undefined) return `${name}, ${form}`;
    }
    return undefined;
  };
  const configuration = { config: worker.config, hostConfig: worker.hostConfig, image: (await sandbox.image(worker.imageId)).config };
  for (const [part, value] of Object.entries(configuration)) {
    const what = found(JSON.stringify(value));
    if (what !== undefined) throw notYet('password-in-config', [`${part} of ${worker.name}, as docker inspect shows it: ${what}`]);
  }
  for (const process of processes) {
    const what = found((await process.environment()).join('\n')) ?? found(process.commandLine);
    if (what !== undefined) throw notYet('password-in-process', [`environment or arguments of pid ${process.pids.at(-1) ?? 0} (${process.comm}): ${what}`]);
  }
  const login = await proveLogin(tools, worker);
  const file = await findMounted(tools, worker, processes[0], password);
  return ['docker inspect: no password', `environment and arguments of ${processes.length} processes: no password`, file, login];
}

/** A fresh order through the worker: only whoever has the password gets it from internal-api. */
async function proveLogin(tools: Tools, worker: RoleContainer): Promise<string> {
  const { sandbox, notYet } = tools;
  await findApi(tools);
  const nonce = sandbox.random();
  const path = `/cgi-bin/order?nonce=${nonce}`;
  const answer = await worker.http({ path, port: workerPort }).catch((error: unknown) => {
    if (!(error instanceof ConnectionFailed)) throw error;
    throw notYet('worker-broken', [`GET ${path} on port ${workerPort}: ${error.message}`]);
  });
  if (!answer.answeredByContainer) throw new NotYet('service-elsewhere', [`port ${workerPort} is answered by a process outside of container ${worker.name}`]);
  if (answer.body.trim() !== `order ${nonce} ${seal(sandbox, 'order', nonce)}`)
    throw notYet('worker-broken', [`GET ${path} on port ${workerPort}: status ${answer.status}`, answer.body.trim().slice(0, 200)]);
  return `${path}: the right order, from container ${worker.name}`;
}

async function findMounted({ notYet }: Tools, worker: RoleContainer, { mounts }: KernelProcess, password: string): Promise<string> {
  const targets = mounts
    .filter(({ type, target }) => !kernelTypes.has(type) && !engineFiles.has(target) && target !== '/' && !/^\/(?:dev|proc|sys)(?:\/|$)/.test(target))
    .map(({ target }) => target);
  if (targets.length === 0) throw notYet('not-mounted', ['nothing is mounted into the worker']);
  const search = `grep -rlsF -- ${quote(password)} ${targets.map(quote).join(' ')} | while read -r file; do stat -L -c '%a %n' "$file"; done`;
  const { output } = await worker.twin(search);
  const [, mode, path] = /^([0-7]+) (\/.*)$/m.exec(output) ?? [];
  if (mode === undefined || path === undefined) throw notYet('not-mounted', [`the password is in no file of ${targets.join(', ')}`]);
  const fact = `${path}: mode ${mode}, holds the password`;
  if ((Number.parseInt(mode, 8) & 0o007) !== 0) throw notYet('readable-for-all', [fact]);
  return fact;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
