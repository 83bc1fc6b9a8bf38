import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';

/** Everything one installation owns on the machine. Two of them (a running course and a test run) do not meet. */
export interface Instance {
  /** Names the network namespace, the cgroup and the run directory. */
  readonly name: string;
  readonly dataDirectory: string;
  /** Sockets and pid files; gone after a reboot. */
  readonly runDirectory: string;
  /** Mount point of the copy-on-write pool. */
  readonly poolDirectory: string;
  readonly poolFile: string;
  readonly engineSocket: string;
  readonly enginePidFile: string;
  readonly engineLog: string;
  readonly keeperSocket: string;
  readonly networkNamespace: string;
  readonly cgroupParent: string;
  /** The wrapper and its hook, copied there so that they outlive a moved or removed clone. Not in /run, where systemd lets no program be executed. */
  readonly runtimeDirectory: string;
  readonly relayDirectory: string;
  readonly keeperDirectory: string;
  readonly serverDirectory: string;
}

export const defaultDataDirectory = '/var/lib/schott';

/** Downloads and builds that any instance may use again; named by content. */
export const cacheDirectory = '/var/cache/schott';

/** The system user whose subordinate ids all sandboxes live in. */
export const sandboxUser = 'schott-sandbox';
/** The unprivileged user of the server. */
export const serverUser = 'schott';

/** The instance that keeps its data in `dataDirectory`. */
export function instanceIn(dataDirectory: string): Instance {
  const data = resolve(dataDirectory);
  const name = data === defaultDataDirectory ? 'schott' : `schott-${createHash('sha256').update(data).digest('hex').slice(0, 8)}`;
  const runDirectory = `/run/${name}`;
  return {
    name,
    dataDirectory: data,
    runDirectory,
    poolDirectory: join(data, 'pool'),
    poolFile: join(data, 'pool.img'),
    engineSocket: `${runDirectory}/engine.sock`,
    enginePidFile: `${runDirectory}/engine.pid`,
    engineLog: join(data, 'engine.log'),
    keeperSocket: `${runDirectory}/keeper.sock`,
    networkNamespace: `/run/netns/${name}`,
    cgroupParent: `/${name}`,
    runtimeDirectory: join(data, 'runtime'),
    relayDirectory: `${runDirectory}/relay`,
    keeperDirectory: join(data, 'keeper'),
    serverDirectory: join(data, 'server'),
  };
}
