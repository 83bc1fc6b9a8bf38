import { ConnectionFailed, Inconclusive, NotYet } from '#lab';
import type { Evidence, RoleContainer } from '#lab';
import type { Tools } from './profile.ts';

const keyFolder = '/srv/harbour/keys';
const pageFolder = '/srv/harbour/www';

/** Whatever policy is ignored here: this container cannot read the keys, write to /etc or mount, because the kernel of this host enforces that by other means. */
export async function checkEnforced(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const role = await sandbox.role({ label: 'web', port: 8080, image: 'lab/web' });
  const serves = await proveService(tools, role);
  const key = await sandbox.stat(`${keyFolder}/signing.key`);
  if (key?.kind !== 'file') throw notYet('key-gone', [`${keyFolder}/signing.key: ${key?.kind ?? 'not there'}`]);

  const name = `${sandbox.random()}.key`;
  const canary = sandbox.random(24);
  await sandbox.plantFile({ path: `${keyFolder}/${name}`, content: `${canary}\n`, mode: key.mode, uid: key.uid, gid: key.gid });
  const stolen = await get(tools, role, `/../keys/${name}`);
  if (stolen.includes(canary)) throw notYet('key-readable', [`GET /../keys/${name}: the content of ${keyFolder}/${name}`]);

  const attempt = await role.twin(attackScript(name, sandbox.random(6)));
  const results = new Map(attempt.output.split('\n').map((line) => [line.split(':')[0], line]));
  const evidence = ['enforced: by ownership, mounts and capabilities, no LSM needed', serves, `GET /../keys/${name}: not the key`, ...results.values()].filter(
    (line) => line !== '',
  );
  if (attempt.output.includes(canary)) throw notYet('key-readable', [`a process of ${role.name} reads the copy of the key`]);
  if (!results.has('write') || !results.has('mount')) throw new Inconclusive('twin-failed', [`the copy of ${role.name} said: ${attempt.output.slice(0, 200)}`]);
  if (results.get('write')?.endsWith('done') === true) throw notYet('etc-writable', evidence);
  if (results.get('mount')?.endsWith('done') === true) throw notYet('can-mount', evidence);
  return evidence;
}

/** A page that was put into its folder a moment ago is served, by this container. */
async function proveService(tools: Tools, role: RoleContainer): Promise<string> {
  const name = `${tools.sandbox.random()}.html`;
  const content = tools.sandbox.random(24);
  await tools.sandbox.plantFile({ path: `${pageFolder}/${name}`, content: `${content}\n`, mode: 0o644 });
  const body = await get(tools, role, `/${name}`);
  if (body.trim() !== content) throw tools.notYet('web-broken', [`GET /${name}: not the page in ${pageFolder}`]);
  return `GET /${name}: the page that was just put into ${pageFolder}`;
}

async function get({ notYet }: Tools, role: RoleContainer, path: string): Promise<string> {
  const answer = await role.http({ path }).catch((error: unknown) => {
    if (!(error instanceof ConnectionFailed)) throw error;
    throw notYet('web-broken', [`GET ${path}: no answer (${error.message})`]);
  });
  if (!answer.answeredByContainer) throw new NotYet('service-elsewhere', [`GET ${path}: answered by a process outside of container ${role.name}`]);
  return answer.body;
}

/** What somebody who has taken over the web server would try; the last words of a line say how it went. */
function attackScript(keyName: string, unknown: string): string {
  const throughProcess = `/proc/1/root${keyFolder}/${keyName}`;
  return `
    find / -path /proc -prune -o -path /sys -prune -o -name '${keyName}' -exec cat {} ';' 2>/dev/null
    cat ${throughProcess} 2>/dev/null
    if (echo x > /etc/${unknown}) 2>/dev/null; then echo 'write: /etc/${unknown} done'; else echo 'write: /etc/${unknown} refused'; fi
    if mount -t tmpfs ${unknown} /srv 2>/dev/null; then echo 'mount: tmpfs on /srv done'; else echo 'mount: tmpfs on /srv refused'; fi`;
}
