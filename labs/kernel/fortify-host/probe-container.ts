import { Inconclusive } from '#lab';
import type { CheckTools, NestedContainer, RoleContainer } from '#lab';
import type lab from './lab.ts';

export type Tools = CheckTools<typeof lab>;

/** A fresh container with nothing but the daemon's own defaults, which answers `GET /cgi-bin/id` with its key. */
export interface ProbeContainer extends AsyncDisposable {
  readonly role: RoleContainer;
  readonly key: string;
  /** Runs a script of the checker's own shell in a copy of it, as root of the Docker host, whose files are below /host. */
  run(script: string): Promise<string>;
}

const image = 'lab/app';
/** The client that came with the host: `docker` on the path may be anything. */
const client = '/usr/lib/schott/programs/docker';
/** It ends by itself, so that a check that was cut off leaves nothing. */
const lifetimeSeconds = 40;

/**
 * Starts one. A client on the Docker host does it, and the learner is root there: so what it has made is looked at through the engine's API, and the answers
 * come from the platform's copy. Throws Inconclusive (`control-failed`) when it is not what was asked for.
 */
export async function startProbe({ sandbox }: Tools): Promise<ProbeContainer> {
  const name = `probe-${sandbox.random(6)}`;
  const key = sandbox.random(12);
  const binds = ['/:/host:ro', '/etc/passwd:/etc/passwd:ro', '/etc/group:/etc/group:ro'];
  const labels = Object.entries({ ...sandbox.probeLabels, 'lab.role': name }).map(([label, value]) => `--label ${label}=${value}`);
  const command = [
    `${client} run --detach --rm --name ${name} ${labels.join(' ')} --userns host`,
    ...binds.map((bind) => `--volume ${bind}`),
    `--env APP_KEY=${key} --entrypoint timeout ${image} ${lifetimeSeconds} app web probe`,
  ].join(' ');
  const { ok, output } = await sandbox.runOnHost(command);
  if (!ok) throw new Inconclusive('control-failed', ['a fresh container could not be started on the Docker host', output.trim().slice(-300)]);
  const role = await sandbox.role({ label: name });
  const surplus = surplusOf(role, binds);
  if (surplus !== undefined) throw new Inconclusive('control-failed', [`a fresh container was started with more than was asked for: ${surplus}`]);
  return {
    role,
    key,
    run: async (script) => (await role.twin(script)).output,
    async [Symbol.asyncDispose]() {
      await sandbox.runOnHost(`${client} rm --force ${name}`).catch(() => undefined);
    },
  };
}

/** What a client of the learner's own could have added to make the defaults look better than they are. */
function surplusOf({ hostConfig }: NestedContainer, binds: readonly string[]): string | undefined {
  const { SecurityOpt, NetworkMode, Privileged, Binds, Runtime } = hostConfig;
  if (Array.isArray(SecurityOpt) && SecurityOpt.length > 0) return `SecurityOpt ${JSON.stringify(SecurityOpt)}`;
  if (!['default', 'bridge', 'none'].includes(String(NetworkMode))) return `NetworkMode ${String(NetworkMode)}`;
  if (Privileged === true) return 'Privileged';
  if (Runtime !== undefined && Runtime !== 'runc') return `Runtime ${JSON.stringify(Runtime)}`;
  // In no order: the client sorts them as it likes.
  const isSame = Array.isArray(Binds) && JSON.stringify(Binds.map(String).toSorted()) === JSON.stringify(binds.toSorted());
  return isSame ? undefined : `Binds ${JSON.stringify(Binds)}`;
}
