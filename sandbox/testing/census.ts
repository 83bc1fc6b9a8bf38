import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../host/run.ts';
import type { SandboxPlace } from '../keeper/sandbox-parts.ts';

/** Everything on the machine that belongs to an instance's sandboxes, by kind. What a removed sandbox leaves behind shows as a difference. */
export async function takeCensus({ engine, instance }: SandboxPlace): Promise<Record<string, string[]>> {
  const [containers, networks, volumes, mounts, links, processes] = await Promise.all([
    engine.listContainers({ all: true }),
    engine.listNetworks(),
    engine.listVolumes(),
    readFile('/proc/self/mountinfo', 'utf8'),
    run('ip', ['-n', instance.name, '-oneline', 'link']),
    processesOf(instance.cgroupParent, [instance.runDirectory]),
  ]);
  return {
    containers: containers.map((container) => container.Names.join()).toSorted(),
    networks: networks.map((network) => network.Name).toSorted(),
    volumes: (volumes.Volumes ?? []).map((volume) => volume.Name).toSorted(),
    mounts: mounts
      .split('\n')
      .map((line) => line.split(' ')[4] ?? '')
      .filter((target) => [instance.dataDirectory, instance.runDirectory].some((folder) => target.startsWith(folder)))
      .toSorted(),
    links: links
      .trimEnd()
      .split('\n')
      .map((line) => line.split(': ')[1] ?? '')
      .toSorted(),
    networkNamespaces: (await readdir('/run/netns')).filter((name) => name.startsWith(instance.name)).toSorted(),
    cgroups: await cgroupsOf(instance.cgroupParent),
    processes,
    disks: await list(join(instance.poolDirectory, 'engine/1000000.1000000/btrfs/subvolumes')),
    relays: await list(instance.relayDirectory),
  };
}

/** Directories one below the instance's own, in each hierarchy. */
async function cgroupsOf(parent: string): Promise<string[]> {
  const roots = ['', ...(await list('/sys/fs/cgroup')).map((name) => `/${name}`)];
  const found = await Promise.all(
    roots.map(async (root) =>
      (await readdir(`/sys/fs/cgroup${root}${parent}`, { withFileTypes: true }).catch(() => []))
        .filter((entry) => entry.isDirectory())
        .map((entry) => `${root}/${entry.name}`),
    ),
  );
  return found.flat().toSorted();
}

/** Processes in the instance's cgroups, and those that name one of its folders in their command line: shims, relays, proxies. The engine itself is left out. */
async function processesOf(cgroupParent: string, folders: readonly string[]): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const [cgroup, commandLine] = await Promise.all(['cgroup', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')));
      const words = (commandLine ?? '').replaceAll('\0', ' ').trim();
      const belongs = (cgroup ?? '').includes(`:${cgroupParent}/`) || folders.some((folder) => words.includes(`${folder}/`));
      return belongs && !/^(dockerd|containerd) /.test(words) ? [`${pid} ${words}`] : [];
    }),
  );
  return found.flat().toSorted();
}

function list(folder: string): Promise<string[]> {
  return readdir(folder).then(
    (names) => names.toSorted(),
    () => [],
  );
}
