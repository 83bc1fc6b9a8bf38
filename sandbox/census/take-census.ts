import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quotaFolder } from '../host/disk-quotas.ts';
import { run } from '../host/run.ts';
import type { Instance } from '../host/instance.ts';
import type { SandboxPlace } from '../keeper/sandbox-parts.ts';
import { listProcesses } from './list-processes.ts';

/** What there is of each kind, by name and in order. */
export type Census = Record<string, string[]>;

/**
 * Everything on the machine that belongs to an instance and its sandboxes. What a removed sandbox leaves behind shows as a difference between two of
 * them (`compareCensuses`). The engine must answer, and its network namespace be there. Takes about 0.2 s.
 */
export async function takeCensus(place: Pick<SandboxPlace, 'engine' | 'instance'>): Promise<Census> {
  const { engine, instance } = place;
  const [containers, networks, volumes, images, onTheMachine, processes, firewall, quotas] = await Promise.all([
    engine.listContainers({ all: true }),
    engine.listNetworks(),
    engine.listVolumes(),
    engine.listImages(),
    censusWithoutEngine(instance),
    listProcesses(instance),
    run('nsenter', [`--net=${instance.networkNamespace}`, 'iptables-save']),
    quotasIn(instance),
  ]);
  return {
    containers: containers.map((container) => container.Names.join()).toSorted(),
    networks: networks.map((network) => network.Name).toSorted(),
    volumes: (volumes.Volumes ?? []).map((volume) => volume.Name).toSorted(),
    images: images.map((image) => image.RepoTags?.join() ?? image.Id).toSorted(),
    ...onTheMachine,
    ...processes,
    firewall: firewall
      .split('\n')
      .filter((line) => line.startsWith('-A'))
      .toSorted(),
    quotas,
  };
}

/**
 * Quota groups, without those of disks that are deleted already: the kernel removes them together, when it gets round to it. Not from `btrfs qgroup show`,
 * which fails while one goes.
 */
async function quotasIn(instance: Instance): Promise<string[]> {
  const deleted = await run('btrfs', ['subvolume', 'list', '-d', instance.poolDirectory]);
  const going = new Set([...deleted.matchAll(/^ID (\d+)/gm)].map(([, id]) => `0_${id}`));
  return (await list(await quotaFolder(instance))).filter((name) => /^\d+_\d+$/.test(name) && !going.has(name));
}

/** The part of a census that needs no engine: when a course has ended, it should be empty. */
export async function censusWithoutEngine(instance: Instance): Promise<Census> {
  const mounts = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n').map((line) => line.split(' ')[4] ?? '');
  return {
    mounts: mounts.filter((target) => [instance.dataDirectory, instance.runDirectory].some((folder) => isBelow(target, folder))).toSorted(),
    loopDevices: await loopDevicesOn(instance.poolFile),
    networkNamespaces: (await list('/run/netns')).filter((name) => name.startsWith(instance.name)),
    links: await linksIn(instance),
    cgroups: await cgroupsBelow(instance.cgroupParent),
    disks: await disksIn(instance.poolDirectory),
    relays: await list(instance.relayDirectory),
    runFiles: await filesBelow(instance.runDirectory),
  };
}

async function loopDevicesOn(file: string): Promise<string[]> {
  const devices = (await list('/sys/block')).filter((name) => name.startsWith('loop'));
  const files = await Promise.all(devices.map((device) => readFile(`/sys/block/${device}/loop/backing_file`, 'utf8').catch(() => '')));
  return devices.filter((_, index) => files[index]?.trim() === file);
}

/** Network devices in the engine's namespace. */
async function linksIn(instance: Instance): Promise<string[]> {
  if (!(await list('/run/netns')).includes(instance.name)) return [];
  const links = await run('ip', ['-n', instance.name, '-oneline', 'link']);
  return links
    .trimEnd()
    .split('\n')
    .map((line) => line.split(': ')[1] ?? '')
    .toSorted();
}

/** All cgroups below the instance's own, in each hierarchy (cgroup v1) or in the one there is. */
async function cgroupsBelow(parent: string): Promise<string[]> {
  const roots = ['', ...(await list('/sys/fs/cgroup')).map((name) => `/${name}`)];
  const found = await Promise.all(roots.map(async (root) => (await foldersBelow(`/sys/fs/cgroup${root}${parent}`)).map((path) => `${root}${path}`)));
  return found.flat().toSorted();
}

async function foldersBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const below = await Promise.all(folders.map(async (name) => (await foldersBelow(join(folder, name))).map((path) => `/${name}${path}`)));
  return [...folders.map((name) => `/${name}`), ...below.flat()];
}

/** The engine's subvolumes: its folder is named after the first id of the sandboxes' range. */
async function disksIn(poolDirectory: string): Promise<string[]> {
  const ranges = (await list(join(poolDirectory, 'engine'))).filter((name) => /^\d+\.\d+$/.test(name));
  return (await Promise.all(ranges.map((range) => list(join(poolDirectory, 'engine', range, 'btrfs/subvolumes'))))).flat();
}

/** dockerd's own: mount points of network namespaces, which it tidies up after a minute, and the pipes and sockets that each killed one leaves until the end. */
const enginesOwn = /^exec\/(netns|libnetwork)\/.|^exec\/unmount-on-shutdown$|^exec\.\d+\.\d+\//;

/** Sockets, pid files, state of containers. What is mounted there counts as mounts. */
async function filesBelow(folder: string, prefix = ''): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries.map(async (entry) =>
      entry.isDirectory()
        ? [`${prefix}${entry.name}/`, ...(await filesBelow(join(folder, entry.name), `${prefix}${entry.name}/`))]
        : [`${prefix}${entry.name}`],
    ),
  );
  return found
    .flat()
    .filter((path) => !enginesOwn.test(path))
    .toSorted();
}

function list(folder: string): Promise<string[]> {
  return readdir(folder).then(
    (names) => names.toSorted(),
    () => [],
  );
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
