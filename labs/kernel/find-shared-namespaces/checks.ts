import type { ChecksOf, Evidence } from '#lab';
import { checkCaseFile } from './case-file.ts';
import { inCommon, inHostNamespace, nameOf, suspects, type OwnNamespace, type Suspect } from './containers.ts';
import { describeMount, hostMounts, type HostMount } from './host-mounts.ts';
import type lab from './lab.ts';
import { interrogate, type Interrogation, type Tools } from './websites.ts';

const sysAdmin = 1n << 21n;

export default {
  async 'own-pid'(tools) {
    const { all } = await judge(tools, 'pid', 'host-pid', ({ type }) => type === 'proc');
    return separate(tools, all, 'pid');
  },

  async 'own-net'(tools) {
    const { all, hidden, testimonies } = await judge(tools, 'net', 'host-net', () => false);
    const reached = testimonies
      .filter(({ output }) => output.includes(hidden.portSecret))
      .map(({ suspect }) => `${suspect.container.name}: 127.0.0.1:${hidden.port} answered`);
    if (reached.length > 0) throw tools.notYet('loopback-reached', reached);
    return [...(await separate(tools, all, 'net')), `127.0.0.1:${hidden.port} of the Docker host: answers there, and in none of the six`];
  },

  async 'own-ipc'(tools) {
    const { all } = await judge(tools, 'ipc', 'host-ipc', ({ shows, type }) => shows.startsWith('/dev/shm') || type === 'mqueue');
    return separate(tools, all, 'ipc');
  },

  async 'own-uts'(tools) {
    const { all, testimonies } = await judge(tools, 'uts', 'host-uts', () => false);
    const able = testimonies.flatMap(({ suspect: { container, processes } }) =>
      processes
        .filter(({ capabilities }) => (capabilities.bounding & sysAdmin) !== 0n)
        .map((process) => `${container.name}: CapBnd of ${nameOf(process)} has SYS_ADMIN`),
    );
    if (able.length > 0) throw tools.notYet('sys-admin', able);
    return [...(await separate(tools, all, 'uts')), 'no process of the six may have SYS_ADMIN'];
  },

  async 'own-mnt'(tools) {
    const { all, hidden, testimonies } = await judge(tools, 'mnt', 'host-files', (mount) => !comesWithIpc(mount));
    const found = testimonies
      .filter(({ output }) => output.includes(hidden.fileSecret))
      .map(({ suspect }) => `${suspect.container.name}: /root/${hidden.file} was read`);
    if (found.length > 0) throw tools.notYet('canary-read', found);
    return [...(await separate(tools, all, 'mnt')), `/root/${hidden.file} of the Docker host: found in none of the six`];
  },

  'case-file': checkCaseFile,
} satisfies ChecksOf<typeof lab>;

/** `--ipc=host` mounts both of these, which is another task's business. */
function comesWithIpc({ target, shows }: HostMount): boolean {
  return target === shows && ['/dev/mqueue', '/dev/shm'].includes(target);
}

type HostMessage = 'host-pid' | 'host-net' | 'host-ipc' | 'host-uts' | 'host-files';

/**
 * First every container, as the kernel shows it; then the six websites, as they answer. `counts` says which mounts of the Docker host are this namespace's
 * business.
 */
async function judge(
  tools: Tools,
  namespace: OwnNamespace,
  message: HostMessage,
  counts: (mount: HostMount) => boolean,
): Promise<Interrogation & { readonly all: readonly Suspect[] }> {
  const all = await suspects(tools.sandbox);
  await refuse(tools, all, namespace, message, counts);
  return { ...(await interrogate(tools)), all };
}

/** Refuses what any of the containers shares of one kind: with the Docker host, or with another container. */
async function refuse(
  { sandbox, notYet }: Tools,
  all: readonly Suspect[],
  namespace: OwnNamespace,
  message: HostMessage,
  counts: (mount: HostMount) => boolean,
): Promise<void> {
  const mounts = (await hostMounts(sandbox, all)).filter(counts).slice(0, 5).map(describeMount);
  const shared = [...inHostNamespace(all, await sandbox.hostProcess(), namespace), ...mounts];
  if (shared.length > 0) throw notYet(message, shared);
  const common = inCommon(all, namespace);
  if (common.length > 0) throw notYet('shared-with-neighbour', common);
}

async function separate({ sandbox }: Tools, all: readonly Suspect[], namespace: OwnNamespace): Promise<Evidence> {
  const host = await sandbox.hostProcess();
  return [
    ...all.map(({ container, processes }) => `${container.name}: ${namespace} namespace ${processes[0]?.namespaces[namespace] ?? 'none'}`),
    `the Docker host: ${namespace} namespace ${host.namespaces[namespace]}`,
    'all six answer, serve their page and still run commands',
  ];
}
