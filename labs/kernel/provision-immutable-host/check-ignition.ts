import type { Evidence } from '#lab';
import { ignitionPath, openIgnition, type OpenedIgnition, type Tools } from './ignition-file.ts';
import { dockerShortcoming } from './coreos-docker.ts';
import { updateStrategy } from './coreos-updates.ts';

const artefact = 'validated artefact: accepted by ignition-validate, its content judged by this course; no Fedora CoreOS has booted with it';

const publicKey =
  /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-ssh-ed25519@openssh\.com|sk-ecdsa-sha2-nistp256@openssh\.com) [A-Za-z0-9+/]{40,}={0,3}( .*)?$/;
const weakKernel = /^(selinux=0|enforcing=0|mitigations=off|lockdown=none|systemd\.unit=(rescue|emergency)\.target|(rd\.break|init=).*)$/;

/** The real validator takes the file without so much as a warning. */
export async function checkIgnitionValid(tools: Tools): Promise<Evidence> {
  const { config, said } = await acceptedIgnition(tools);
  return [artefact, `ignition-validate ${ignitionPath}: no error, ${said.length} warnings`, `ignition.version ${config.ignition?.version ?? ''}`];
}

/** The host it describes lets nobody in by password, keeps its protections, updates itself and offers no Docker API to the network. */
export async function checkCoreosSecure(tools: Tools): Promise<Evidence> {
  const { notYet } = tools;
  const ignition = await acceptedIgnition(tools);
  const { config, files } = ignition;
  const elsewhere = files.find(({ isInline, isAppended }) => !isInline || isAppended);
  if ((config.ignition?.config?.merge ?? []).length > 0 || (config.ignition?.config?.replace ?? undefined) !== undefined || elsewhere !== undefined) {
    throw notYet('config-elsewhere', [artefact, elsewhere === undefined ? 'ignition.config: merge or replace' : `${elsewhere.path}: not one data: URL`]);
  }
  const logins = loginShortcoming(ignition);
  if (logins !== undefined) throw notYet(logins.message, [artefact, logins.fact]);
  const argument = (config.kernelArguments?.shouldExist ?? []).flatMap((line) => line.split(/\s+/)).find((word) => weakKernel.test(word));
  if (argument !== undefined) throw notYet('protection-off', [artefact, `kernelArguments.shouldExist: ${argument}`]);
  const selinux = files.find(({ path, text = '' }) => path === '/etc/selinux/config' && /^\s*SELINUX\s*=\s*(disabled|permissive)/m.test(text));
  if (selinux !== undefined) throw notYet('protection-off', [artefact, `${selinux.path}: SELinux not enforcing`]);
  const unit = (config.systemd?.units ?? []).find(({ contents, dropins }) =>
    [contents, ...(dropins ?? []).map((dropin) => dropin.contents)].some((text) => /^[^#;]*\bsetenforce\s+0/m.test(text ?? '')),
  );
  if (unit !== undefined) throw notYet('protection-off', [artefact, `${unit.name}: setenforce 0`]);
  const updates = updateStrategy(ignition);
  if (!updates.isAutomatic) throw notYet('updates-off', [artefact, updates.fact]);
  const docker = dockerShortcoming(ignition);
  if (docker !== undefined) throw notYet(docker.message, [artefact, docker.fact]);
  return [
    artefact,
    'user core: a public key, no passwords',
    `Zincati: ${updates.fact}`,
    'Docker: hardened, on no TCP port',
    'kernel: SELinux and mitigations untouched',
  ];
}

async function acceptedIgnition(tools: Tools): Promise<OpenedIgnition> {
  const ignition = await openIgnition(tools);
  const said = ignition.said.slice(0, 4).map((line) => `ignition-validate: ${line.slice(0, 240)}`);
  if (!ignition.accepted) throw tools.notYet('ignition-refused', said);
  if (said.length > 0) throw tools.notYet('ignition-warns', said);
  if (ignition.config.ignition?.version !== '3.3.0')
    throw tools.notYet('ignition-version', [`ignition.version: ${ignition.config.ignition?.version ?? 'none'}`]);
  return ignition;
}

function loginShortcoming({ config, files }: OpenedIgnition): { readonly message: 'password-login' | 'no-key'; readonly fact: string } | undefined {
  const users = config.passwd?.users ?? [];
  const withPassword = users.find(({ passwordHash }) => typeof passwordHash === 'string');
  if (withPassword !== undefined) return { message: 'password-login', fact: `passwd.users ${withPassword.name}: passwordHash` };
  const daemon = files.find(({ path, text = '' }) => path.startsWith('/etc/ssh/') && /^\s*(PasswordAuthentication|PermitEmptyPasswords)\s+yes/im.test(text));
  if (daemon !== undefined) return { message: 'password-login', fact: `${daemon.path}: passwords allowed` };
  const shadow = files.find(({ path }) => ['/etc/shadow', '/etc/passwd'].includes(path));
  if (shadow !== undefined) return { message: 'password-login', fact: `${shadow.path} is written directly` };
  const core = users.find(({ name }) => name === 'core');
  const keys = (core?.sshAuthorizedKeys ?? []).filter((key) => publicKey.test(key.trim()));
  return keys.length === 0 ? { message: 'no-key', fact: 'passwd.users core: no public key' } : undefined;
}
