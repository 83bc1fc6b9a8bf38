import { Inconclusive } from '#lab';
import type { Evidence } from '#lab';
import type { Tools } from './ignition-file.ts';

const userDataPath = '/root/host/user-data.toml';
const artefact = 'validated artefact: our rule set, written from Bottlerocket’s settings reference; not Bottlerocket’s API server';
const escapeCapabilities = ['sys-admin', 'sys-module', 'sys-ptrace', 'sys-rawio', 'dac-read-search', 'mac-admin', 'bpf'];

interface CheckedUserData {
  readonly errors: readonly string[];
  readonly settings: {
    readonly kernel?: { readonly lockdown?: string };
    readonly boot?: { readonly 'kernel-parameters'?: Readonly<Record<string, readonly unknown[]>> };
    readonly updates?: { readonly 'version-lock'?: string };
    readonly 'host-containers'?: Readonly<Record<string, { readonly enabled?: boolean; readonly superpowered?: boolean }>>;
    readonly ecs?: { readonly 'allow-privileged-containers'?: boolean };
    readonly 'oci-defaults'?: { readonly capabilities?: Readonly<Record<string, boolean>> };
  };
}

/** Every setting is one that Bottlerocket knows, and together they leave no door open. */
export async function checkBottlerocket({ sandbox, notYet }: Tools): Promise<Evidence> {
  const content = await sandbox.readFile(userDataPath, 256 * 1024);
  if (content === undefined) throw notYet('user-data-missing', [`${userDataPath}: no such file`]);
  const { output } = await sandbox.runInBox(['check-user-data', '--json', 'user-data.toml'], { files: { 'user-data.toml': content } });
  const { errors, settings } = parse(output);
  if (errors.length > 0) throw notYet('user-data-invalid', [artefact, ...errors.slice(0, 4).map((line) => line.slice(0, 240))]);

  const lockdown = settings.kernel?.lockdown;
  if (lockdown !== 'integrity' && lockdown !== 'confidentiality') throw notYet('no-lockdown', [artefact, `settings.kernel.lockdown: ${lockdown ?? 'not set'}`]);
  const parameter = Object.entries(settings.boot?.['kernel-parameters'] ?? {}).find(([name, values]) => weakens(name, values.map(String)));
  if (parameter !== undefined) throw notYet('no-lockdown', [artefact, `settings.boot.kernel-parameters: ${parameter[0]}=${parameter[1].join(',')}`]);
  const containers = settings['host-containers'] ?? {};
  if (containers['admin']?.enabled !== false)
    throw notYet('door-open', [artefact, `settings.host-containers.admin.enabled: ${containers['admin']?.enabled ?? 'not set'}`]);
  const door = Object.entries(containers).find(([name, { superpowered }]) => superpowered === true && name !== 'admin');
  if (door !== undefined) throw notYet('door-open', [artefact, `settings.host-containers.${door[0]}.superpowered: true`]);
  if (settings.ecs?.['allow-privileged-containers'] === true) throw notYet('privileged-tasks', [artefact, 'settings.ecs.allow-privileged-containers: true']);
  const capability = escapeCapabilities.find((name) => settings['oci-defaults']?.capabilities?.[name] === true);
  if (capability !== undefined) throw notYet('privileged-tasks', [artefact, `settings.oci-defaults.capabilities.${capability}: true`]);
  const lock = settings.updates?.['version-lock'];
  if (lock !== undefined && lock !== 'latest') throw notYet('version-locked', [artefact, `settings.updates.version-lock: ${lock}`]);
  return [
    artefact,
    `kernel.lockdown ${lockdown}`,
    'host-containers.admin.enabled false, none superpowered',
    'no privileged tasks',
    `updates.version-lock ${lock ?? 'not set (latest)'}`,
  ];
}

function weakens(name: string, values: readonly string[]): boolean {
  return (
    (['selinux', 'enforcing'].includes(name) && values.includes('0')) ||
    (name === 'mitigations' && values.includes('off')) ||
    (name === 'lockdown' && values.includes('none'))
  );
}

function parse(output: string): CheckedUserData {
  try {
    return JSON.parse(output) as CheckedUserData;
  } catch (error) {
    throw new Inconclusive('control-failed', ['check-user-data gave no answer', String(error), output.slice(-300)]);
  }
}
