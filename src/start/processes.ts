import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Text } from '#lab';
import { ensureAccounts, serverIds } from '#sandbox/host/accounts.ts';
import type { Instance } from '#sandbox/host/instance.ts';
import { project, type StartOptions } from './options.ts';
import { makeProjectReadable } from './readable-project.ts';

/** Starts the keeper, the one process that stays root, with as little of root's rights as it can do with. */
export function startKeeper(options: StartOptions, serverGid: number): ChildProcess {
  return spawn('bash', [join(project, 'sandbox/keeper/start-keeper')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    cwd: project,
    env: {
      ...bareEnvironment(),
      SCHOTT_DATA: options.dataDirectory,
      SCHOTT_SERVER_GID: String(serverGid),
      ...(options.warm === undefined ? {} : { SCHOTT_WARM: options.warm }),
      ...(options.capacity === undefined ? {} : { SCHOTT_CAPACITY: options.capacity }),
      ...(options.labs === undefined ? {} : { SCHOTT_LABS: options.labs }),
      ...operatorSettings(['SCHOTT_PARALLEL_STARTS', 'SCHOTT_KEEP_FREE_MIB', 'SCHOTT_LAUNCH_SECONDS', 'SCHOTT_SLEEP_AFTER_SECONDS']),
    },
  });
}

/**
 * Starts the server as its own unprivileged user: no capabilities, no way to get any, and a read-only view of the project,
 * which also works when the clone lies where that user may not go. `labs`: where the keeper is, or why there is none.
 */
export async function serverStarter(options: StartOptions, instance: Instance, labs: { keeperSocket: string } | { reason: Text }): Promise<() => ChildProcess> {
  if (process.getuid?.() !== 0) return () => startAsOurselves(options, labs);
  await ensureAccounts();
  await makeProjectReadable();
  const { uid, gid } = await serverIds();
  const view = join(instance.dataDirectory, 'view');
  await mkdir(view, { recursive: true, mode: 0o755 });
  await mkdir(instance.serverDirectory, { recursive: true, mode: 0o700 });
  await chmod(instance.dataDirectory, 0o711);
  await chown(instance.serverDirectory, uid, gid);
  const script = `set -e
    mount --bind "$1" "$2"
    mount -o remount,bind,ro,nosuid,nodev "$2"
    cd "$2"
    umask 077
    renice -n -5 -p $$ > /dev/null 2>&1 || true
    { echo -500 > /proc/self/oom_score_adj; } 2> /dev/null || true
    exec prlimit --core=1:1 setpriv --reuid "$3" --regid "$4" --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all node_modules/node/bin/node src/server/main.ts`;
  return () =>
    spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', script, 'server', project, view, String(uid), String(gid)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...bareEnvironment(), ...serverSettings(options, instance.serverDirectory), ...labSettings(labs) },
    });
}

/** Without root there is nothing to give up. */
function startAsOurselves(options: StartOptions, labs: { keeperSocket: string } | { reason: Text }): ChildProcess {
  return spawn(process.execPath, [join(project, 'src/server/main.ts')], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    cwd: project,
    env: { ...bareEnvironment(), ...serverSettings(options, join(options.dataDirectory, 'server')), ...labSettings(labs) },
  });
}

function labSettings(labs: { keeperSocket: string } | { reason: Text }): Record<string, string> {
  if ('keeperSocket' in labs) return { SCHOTT_KEEPER_SOCKET: labs.keeperSocket };
  return { SCHOTT_NO_LABS_REASON_DE: labs.reason.de, SCHOTT_NO_LABS_REASON_EN: labs.reason.en };
}

function serverSettings(options: StartOptions, dataDirectory: string): Record<string, string> {
  return { SCHOTT_PORT: String(options.port), SCHOTT_HOST: options.host, SCHOTT_DATA: dataDirectory, SCHOTT_SITE: 'dist', ...operatorSettings(serverOptions) };
}

const serverOptions = ['SCHOTT_SANDBOXES_PER_LEARNER', 'SCHOTT_IDLE_MINUTES', 'SCHOTT_ALLOWED_ORIGINS'];

/** What an operator may set besides the command line. */
function operatorSettings(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

function bareEnvironment(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', HOME: process.env['HOME'] ?? '/' };
}
