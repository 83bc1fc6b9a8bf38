import type { Evidence, RoleContainer } from '#lab';
import { asHex, capabilityNames } from './capability-names.ts';
import { ask, isBelow, nameOf, operatorsPort, tenants, theProxy, workingPages, type Tools } from './proxy.ts';

/** Bille's number. */
const bille = 2002;

/** Ways out of a shell command into the next one. */
const separators = [';', '\n', '|', '&'];

/** Code in the container, brought in by whichever hole, reads nothing of the other tenant and cannot become her either. */
export async function checkTenants(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const role = await theProxy(tools);
  const control = await workingPages(tools);
  const folder = await sandbox.stat(`${tenants}/bille`);
  if (folder?.kind !== 'directory' || folder.uid !== bille || (folder.mode & 0o700) !== 0o700)
    throw notYet('tenant-locked-out', [
      folder === undefined ? `${tenants}/bille is gone` : `${folder.path}: mode ${folder.mode.toString(8)}, owner ${folder.uid}`,
    ]);
  const secret = sandbox.random(16);
  const file = await sandbox.plantFile({ path: `${tenants}/bille/secret-${sandbox.random(6)}.txt`, content: secret, mode: 0o600, uid: bille, gid: bille });
  const paths = await pathsInContainer(tools, role, file);
  const injected = await inject(tools, role, paths, secret);
  const tried = await readInCopy(tools, role, paths, secret);
  return [...control, ...injected, tried, await refusePowers(tools, role)];
}

/** Where a file of the Docker host's disk appears in the container, by the kernel's own list of mounts. */
async function pathsInContainer({ sandbox }: Tools, role: RoleContainer, file: string): Promise<readonly string[]> {
  const disk = (await sandbox.hostProcess()).mounts.find(({ target }) => target === '/')?.device;
  const mounts = (await role.processes()).flatMap((process) => process.mounts).filter(({ device, type }) => device === disk && type !== 'overlay');
  const paths = mounts.filter(({ root }) => isBelow(file, root)).map(({ root, target }) => `${target}/${file.slice(root.length)}`.replaceAll(/\/+/g, '/'));
  return [...new Set(paths)].filter((path) => !path.includes("'"));
}

/** The attack itself: a command behind the page's name. Where it still gets through, it must neither read the secret nor have any capability. */
async function inject(tools: Tools, role: RoleContainer, paths: readonly string[], secret: string): Promise<Evidence> {
  const word = tools.sandbox.random(6);
  const command = `echo ${word}$((40+2)); ${paths.map((path) => `cat '${path}'; `).join('')}grep CapEff /proc/self/status`;
  for (const separator of separators) {
    const path = `/cgi-bin/check?page=${encodeURIComponent(`alster/${separator}${command}`)}`;
    const { body } = await ask(tools, role, operatorsPort, path, 'operators-broken');
    if (body.includes(secret))
      throw tools.notYet('tenant-read', [`GET /cgi-bin/check?page=alster/${separator === '\n' ? '%0A' : separator}cat …: the secret planted a moment ago`]);
    if (!body.includes(`${word}42`)) continue;
    const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(body)?.[1] ?? '0'}`);
    if (effective !== 0n) throw tools.notYet('can-become-tenant', [`injected code has CapEff ${asHex(effective)}: ${capabilityNames(effective)}`]);
    return [`a command injected with ${separator === '\n' ? '%0A' : separator} has no capability and reads no secret`];
  }
  return ['no command got through the operators’ page'];
}

/** As if code had come in by another hole. */
async function readInCopy({ notYet }: Tools, role: RoleContainer, paths: readonly string[], secret: string): Promise<string> {
  if (paths.length === 0) return `${tenants}/bille is not mounted into the container`;
  const { output } = await role.twin(paths.map((path) => `cat '${path}'`).join('\n'));
  if (output.includes(secret)) throw notYet('tenant-read', [`in a copy of the container: cat ${paths.join(' ')}: the secret planted a moment ago`]);
  return `in a copy of the container: ${output.trim().split('\n').at(-1) ?? ''}`;
}

/** The first process may keep what it needs to start the others; who works for it must have given everything up. */
async function refusePowers({ notYet }: Tools, role: RoleContainer): Promise<string> {
  const [, ...workers] = await role.processes();
  for (const worker of workers) {
    const { permitted } = worker.capabilities;
    if (permitted !== 0n) throw notYet('can-become-tenant', [`${nameOf(worker)}: CapPrm ${asHex(permitted)}: ${capabilityNames(permitted)}`]);
  }
  return `no capability in ${workers.length} processes besides the first`;
}
