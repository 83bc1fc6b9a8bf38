import { setTimeout as sleep } from 'node:timers/promises';
import type { ContainerInspectInfo } from '../engine/connection.ts';
import { ConnectionFailed, Inconclusive, NotYet } from '#lab';
import type { HttpAnswer, KernelProcess, RoleContainer, RoleQuery } from '#lab';
import { inTurns } from './bounded-read.ts';
import { readLimits, readUsage } from './cgroup.ts';
import { sendHttp, type Connection } from './http.ts';
import { describeContainer, inspectAll } from './nested-containers.ts';
import { readTcpTable, socketsOf, type TcpEntry } from './socket-table.ts';
import { startTwin, type Twin } from './twin.ts';
import type { Subject } from './subject.ts';

const listening = 10;
const established = 1;

/** How long after its start a service may refuse connections before that counts. */
const startUpMs = 4000;

/** Finds the one running container that fills a role; see `SandboxView.role`. */
export async function findRole(subject: Subject, query: RoleQuery): Promise<RoleContainer> {
  const running = (await inspectAll(subject)).filter((info) => info.State.Running);
  const lineage = query.image === undefined ? undefined : await layersOf(subject, query.image);
  const candidates: ContainerInspectInfo[] = [];
  for (const info of running) if (await fills(subject, info, query, lineage)) candidates.push(info);
  const [found, ...others] = candidates;
  if (found === undefined)
    throw new NotYet('role-missing', [`no running container with label lab.role=${query.label}${query.port === undefined ? '' : ` or port ${query.port}`}`]);
  if (others.length > 0)
    throw new NotYet(
      'role-twice',
      candidates.map((info) => `running: ${info.Name.replace('/', '')} (${info.Config.Image})`),
    );
  return asRole(subject, found, query);
}

async function fills(subject: Subject, info: ContainerInspectInfo, query: RoleQuery, lineage: readonly string[] | undefined): Promise<boolean> {
  if (info.Config.Labels?.['lab.role'] === query.label) return true;
  if (lineage !== undefined) {
    const layers = await layersOf(subject, info.Image);
    if (layers !== undefined && lineage.every((layer, index) => layers[index] === layer)) return true;
  }
  if (query.port === undefined) return false;
  const published = Object.values(info.NetworkSettings.Ports ?? {}).flat();
  if (published.some((binding) => Number((binding as { HostPort?: string } | null)?.HostPort) === query.port)) return true;
  return info.HostConfig.NetworkMode === 'host' && listensOnHost(subject, info, query.port);
}

async function layersOf(subject: Subject, image: string): Promise<readonly string[] | undefined> {
  const info = await subject.nested
    .getImage(image)
    .inspect()
    .catch(() => undefined);
  return info?.RootFS?.Layers;
}

async function listensOnHost(subject: Subject, info: ContainerInspectInfo, port: number): Promise<boolean> {
  const inodes = new Set(
    (await readTcpTable(subject.parts.dockerHostPid)).filter((entry) => entry.state === listening && entry.localPort === port).map((entry) => entry.inode),
  );
  if (inodes.size === 0) return false;
  for (const process of await processesOf(subject, info.Id)) {
    for (const inode of await socketsOf(process.pids[0], subject.signal)) if (inodes.has(inode)) return true;
  }
  return false;
}

function asRole(subject: Subject, info: ContainerInspectInfo, query: RoleQuery): RoleContainer {
  let twin: Promise<Twin> | undefined;
  const processes = (): Promise<readonly [KernelProcess, ...KernelProcess[]]> => processesOf(subject, info.Id);
  const first = async (): Promise<KernelProcess> => (await processes())[0];
  const copy = (): Promise<Twin> => (twin ??= first().then((original) => startTwin(subject, info, original)));
  return {
    ...describeContainer(info),
    processes,
    limits: async () => readLimits((await first()).pids[0], subject.frame.cgroup),
    usage: async () => readUsage((await first()).pids[0]),
    async twin(script, options) {
      return (await copy()).run(script, options?.timeoutMs ?? 5000);
    },
    async probe(names, options) {
      return (await copy()).probe(options?.setuid === true ? 'setuid-sysprobe' : 'sysprobe', names);
    },
    async http(request) {
      const port = request.port ?? query.port;
      if (port === undefined) throw new Error(`Cannot send HTTP to role "${query.label}": no port is given`);
      const send = async (): Promise<HttpAnswer & { answeredByContainer: boolean }> => {
        let answeredByContainer = false;
        const answer = await sendHttp(subject, { ...request, port }, async (connection) => {
          answeredByContainer = await endsIn(subject, info, connection);
        });
        return { ...answer, answeredByContainer };
      };
      return onceItIsUp(info, send);
    },
  };
}

/** A container that was started this moment may not listen yet: asks again until it had its time. */
async function onceItIsUp<T>(info: ContainerInspectInfo, ask: () => Promise<T>): Promise<T> {
  const upBy = Date.parse(info.State.StartedAt) + startUpMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      // The sandbox's clock is the machine's, but its word about the start is its own: never wait longer than a start may take.
      const leftMs = Math.min(upBy - Date.now(), startUpMs);
      if (!(error instanceof ConnectionFailed) || leftMs <= 0) throw error;
      await sleep(Math.min(250, leftMs));
    }
  }
}

/**
 * Processes of a container: the first one as the engine names it, and all that share its cgroup or, unless it is the Docker host's,
 * its pid namespace. A process that was moved to another cgroup is still found.
 */
async function processesOf(subject: Subject, containerId: string): Promise<readonly [KernelProcess, ...KernelProcess[]]> {
  const [all, host, info] = await Promise.all([subject.processes(), subject.hostProcess(), subject.nested.getContainer(containerId).inspect()]);
  const first = all.find((process) => process.pids[1] === info.State.Pid);
  if (!info.State.Running || first === undefined) throw new NotYet('role-missing', [`container ${info.Name.replace('/', '')} has no running process`]);
  const isOwn = (process: KernelProcess): boolean =>
    process !== first &&
    process.mounts.length > 0 &&
    ((process.cgroup !== '/' && (process.cgroup === first.cgroup || process.cgroup.startsWith(`${first.cgroup}/`))) ||
      (process.namespaces.pid === first.namespaces.pid && first.namespaces.pid !== host.namespaces.pid));
  return [first, ...all.filter(isOwn)];
}

/**
 * Does a connection of ours, just opened, end at a process of this container? The kernel's socket tables decide. The server may need a moment
 * to accept, and may hand the connection to a child in the very moment we look: so look again for a while before saying no.
 */
async function endsIn(subject: Subject, info: ContainerInspectInfo, connection: Connection): Promise<boolean> {
  const isOurs = (entry: TcpEntry): boolean => entry.remoteAddress === connection.localAddress && entry.remotePort === connection.localPort;
  const first = (await processesOf(subject, info.Id))[0];
  let entry: TcpEntry | undefined;
  for (const deadline = Date.now() + 400; Date.now() < deadline; await sleep(10)) {
    subject.signal.throwIfAborted();
    entry = (await readTcpTable(first.pids[0])).find(isOurs);
    if (entry === undefined) {
      if (await endsInProxyOf(subject, info, isOurs)) return true;
    } else if (entry.inode !== '0') {
      for (const process of await processesOf(subject, info.Id))
        if ((await socketsOf(process.pids[0], subject.signal)).has(entry.inode)) return !(await isIntercepted(subject, isOurs));
    }
  }
  if (entry === undefined || entry.inode !== '0' || (await isIntercepted(subject, isOurs))) return false;
  // Not accepted yet, e.g. by a busy single-threaded server: the connection waits in this network namespace, which must then be the container's own.
  const own = new Set((await processesOf(subject, info.Id)).map((process) => process.pids[0]));
  return (await subject.processes()).every((process) => process.namespaces.net !== first.namespaces.net || own.has(process.pids[0]));
}

/**
 * Somebody in between may have taken our connection and speak to the container from our address and port (source NAT, transparent sockets): then the
 * container has one that looks like ours, and so has he.
 */
async function isIntercepted(subject: Subject, isOurs: (entry: TcpEntry) => boolean): Promise<boolean> {
  const places = new Map((await subject.processes()).map((process) => [process.namespaces.net, process.pids[0]]));
  const tables = await inTurns([...places.values()], 8, subject.signal, readTcpTable);
  return tables.flat().filter((entry) => isOurs(entry) && entry.state === established).length > 1;
}

/** With `iptables: false` the engine's own docker-proxy holds the connection; it counts when it is genuine and leads to this container. */
async function endsInProxyOf(subject: Subject, info: ContainerInspectInfo, isOurs: (entry: TcpEntry) => boolean): Promise<boolean> {
  const entry = (await readTcpTable(subject.parts.dockerHostPid)).find(isOurs);
  if (entry === undefined || entry.inode === '0') return false;
  const addresses = describeContainer(info).networkAddresses;
  for (const process of await subject.processes()) {
    if (process.comm !== 'docker-proxy' || !(await socketsOf(process.pids[0], subject.signal)).has(entry.inode)) continue;
    if ((await process.executableHash()) !== subject.toolHashes['docker-proxy'])
      throw new Inconclusive('tools-changed', [`pid ${process.pids[0]} is no genuine docker-proxy`]);
    const target = /-container-ip (\S+)/.exec(process.commandLine)?.[1];
    return target !== undefined && addresses.includes(target);
  }
  return false;
}
