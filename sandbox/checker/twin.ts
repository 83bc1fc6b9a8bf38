import type { Duplex } from 'node:stream';
import type { ContainerCreateOptions, ContainerInspectInfo } from '../engine/connection.ts';
import { Inconclusive } from '#lab';
import type { KernelProcess } from '#lab';
import type { Subject } from './subject.ts';
import { pipesOf } from './socket-table.ts';
import { probeInTwin, type ProbeAnswers } from './probe-in-twin.ts';
import { shellOn, type ShellResult } from './twin-shell.ts';

/** On everything the checker creates in a nested engine. The value is the keeper's own random mark, which the learner can read and copy: it only
 * keeps the checker's own doings from starting a check. */
export const probeLabel = 'schott.probe';

/** HostConfig keys that a copy must not have: they would take ports or names away from the original, or outlive the check. */
const notCopied = ['PortBindings', 'PublishAllPorts', 'RestartPolicy', 'AutoRemove', 'ContainerIDFile', 'LogConfig', 'Links', 'VolumeDriver', 'ConsoleSize'];

export interface Twin {
  run(script: string, timeoutMs: number): Promise<ShellResult>;
  probe(program: 'sysprobe' | 'setuid-sysprobe', names: readonly string[]): Promise<ProbeAnswers>;
}

/**
 * Starts a copy of a container: same image, HostConfig, networks, user and groups, but with the checker's static shell as its program.
 * The shell is proven to be ours by the kernel (hash of what the process executes), so the copy cannot be a puppet.
 */
export async function startTwin(subject: Subject, info: ContainerInspectInfo, original: KernelProcess): Promise<Twin> {
  const toolDirectory = `/.${subject.mark}`;
  const container = await subject.nested.createContainer(twinOptions(subject, info, original, toolDirectory)).catch(asInconclusive('create'));
  subject.ownContainers.add(container.id);
  subject.atEnd(() => container.remove({ force: true, v: true }));
  for (const network of otherNetworks(info)) await subject.nested.getNetwork(network).connect({ Container: container.id }).catch(asInconclusive('connect'));
  const stream = await subject.nestedStreams
    .getContainer(container.id)
    .attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true })
    .catch(asInconclusive('attach'));
  await container.start().catch(asInconclusive('start'));
  const shell = shellOn(stream as Duplex, (from, to) => container.modem.demuxStream(from, to, to));
  subject.atEnd(async () => shell.close());
  const { output } = await shell.run(`echo ready-${subject.mark}`, 10_000);
  if (output.trim() !== `ready-${subject.mark}`) throw new Inconclusive('twin-failed', [`the copy of ${info.Name} said "${output.trim().slice(0, 200)}"`]);
  await proveGenuine(subject, container.id, original);
  return {
    run: shell.run,
    probe: (program, names) => probeInTwin(subject, container.id, shell, `${toolDirectory}/${program}`, names),
  };
}

function twinOptions(subject: Subject, info: ContainerInspectInfo, original: KernelProcess, toolDirectory: string): ContainerCreateOptions {
  const hostConfig = Object.fromEntries(Object.entries(info.HostConfig).filter(([key]) => !notCopied.includes(key)));
  const binds = info.HostConfig.Binds ?? [];
  return {
    Image: info.Image,
    Entrypoint: [`${toolDirectory}/busybox`, 'sh'],
    Cmd: [],
    Env: [`PATH=${toolDirectory}`],
    WorkingDir: '/',
    User: `${original.uidsInContainer[0]}:${original.gidsInContainer[0]}`,
    Healthcheck: { Test: ['NONE'] },
    // As first process of its pid namespace the shell ignores SIGTERM, and an engine that is restarted would wait ten seconds for it.
    StopSignal: 'SIGKILL',
    Labels: { [probeLabel]: subject.mark },
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    HostConfig: {
      ...hostConfig,
      Binds: [...binds, `/usr/lib/schott/probe:${toolDirectory}:ro`],
      GroupAdd: original.groupsInContainer.map(String),
      LogConfig: { Type: 'none', Config: {} },
      // With docker-init in front, the first process would not be the one whose program proves the copy genuine.
      Init: false,
    },
  };
}

/** NetworkMode names one network; a container may be in several. */
function otherNetworks(info: ContainerInspectInfo): string[] {
  const mode = info.HostConfig.NetworkMode ?? 'default';
  const first = mode === 'default' ? 'bridge' : mode;
  return Object.entries(info.NetworkSettings.Networks ?? {})
    .filter(([name, network]) => name !== first && network.NetworkID !== first)
    .filter(([name]) => !['host', 'none'].includes(name))
    .map(([name]) => name);
}

/** All that runs in the copy is the checker's own shell, and nobody else but the engine's shim holds the pipes through which it speaks. */
async function proveGenuine(subject: Subject, containerId: string, original: KernelProcess): Promise<void> {
  const all = await subject.processes();
  const own = all.filter((process) => process.cgroup.includes(containerId));
  const hashes = await Promise.all(own.map((process) => process.executableHash()));
  const foreign = hashes.find((hash) => hash !== subject.toolHashes['probe']);
  if (own.length === 0 || foreign !== undefined)
    throw new Inconclusive('tools-changed', [`the checker's own shell was replaced (SHA-256 ${foreign ?? 'unreadable'})`]);
  for (const process of own) refuseNarrower(process, original);
  const pipes = new Set((await Promise.all(own.map((process) => pipesOf(process.pids[0], subject.signal)))).flatMap((some) => [...some]));
  if (pipes.size === 0) throw new Inconclusive('tools-changed', ["the checker's own shell does not speak through pipes"]);
  for (const process of all) {
    if (own.includes(process) || ![...(await pipesOf(process.pids[0], subject.signal))].some((pipe) => pipes.has(pipe))) continue;
    if ((await process.executableHash()) !== subject.toolHashes['containerd-shim-runc-v2'])
      throw new Inconclusive('tools-changed', [`pid ${process.pids[0]} holds the pipes of the checker's own shell`]);
  }
}

/**
 * A copy with narrower bounds than the original proves nothing about it: the shell was started by something that gave up rights first, or the engine's
 * own settings have changed since the original was created.
 */
function refuseNarrower(copy: KernelProcess, original: KernelProcess): void {
  const missing = original.capabilities.bounding & ~copy.capabilities.bounding;
  const differences = [
    ...(copy.noNewPrivileges && !original.noNewPrivileges ? ['NoNewPrivs: 1, in the original 0'] : []),
    ...(copy.seccompFilters > original.seccompFilters ? [`seccomp filters: ${copy.seccompFilters}, in the original ${original.seccompFilters}`] : []),
    ...(missing === 0n ? [] : [`CapBnd lacks ${missing.toString(16).padStart(16, '0')} of the original's`]),
  ];
  if (differences.length > 0) throw new Inconclusive('twin-narrower', differences);
}

function asInconclusive(step: string): (error: unknown) => never {
  return (error) => {
    throw new Inconclusive('twin-failed', [`${step}: ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`]);
  };
}
