import type { Duplex } from 'node:stream';
import { PassThrough } from 'node:stream';
import type { ContainerCreateOptions, ContainerInspectInfo } from '../engine/connection.ts';
import { Inconclusive } from '#lab';
import type { KernelProcess } from '#lab';
import type { Subject } from './subject.ts';
import { pipesOf } from './socket-table.ts';

/** On everything the checker creates in a nested engine. The value is the keeper's own random mark, which the learner can read and copy: it only
 * keeps the checker's own doings from starting a check. */
export const probeLabel = 'schott.probe';

/** HostConfig keys that a copy must not have: they would take ports or names away from the original, or outlive the check. */
const notCopied = ['PortBindings', 'PublishAllPorts', 'RestartPolicy', 'AutoRemove', 'ContainerIDFile', 'LogConfig', 'Links', 'VolumeDriver', 'ConsoleSize'];

export interface Twin {
  run(script: string, timeoutMs: number): Promise<{ ok: boolean; output: string; exitCode: number }>;
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
  await proveGenuine(subject, container.id);
  return shell;
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
async function proveGenuine(subject: Subject, containerId: string): Promise<void> {
  const all = await subject.processes();
  const own = all.filter((process) => process.cgroup.includes(containerId));
  const hashes = await Promise.all(own.map((process) => process.executableHash()));
  const foreign = hashes.find((hash) => hash !== subject.toolHashes['probe']);
  if (own.length === 0 || foreign !== undefined)
    throw new Inconclusive('tools-changed', [`the checker's own shell was replaced (SHA-256 ${foreign ?? 'unreadable'})`]);
  const pipes = new Set((await Promise.all(own.map((process) => pipesOf(process.pids[0], subject.signal)))).flatMap((some) => [...some]));
  if (pipes.size === 0) throw new Inconclusive('tools-changed', ["the checker's own shell does not speak through pipes"]);
  for (const process of all) {
    if (own.includes(process) || ![...(await pipesOf(process.pids[0], subject.signal))].some((pipe) => pipes.has(pipe))) continue;
    if ((await process.executableHash()) !== subject.toolHashes['containerd-shim-runc-v2'])
      throw new Inconclusive('tools-changed', [`pid ${process.pids[0]} holds the pipes of the checker's own shell`]);
  }
}

/** Runs scripts one after the other in a shell that reads from a stream. */
function shellOn(stream: Duplex, demultiplex: (from: Duplex, to: PassThrough) => void): Twin & { close(): void } {
  const output = new PassThrough();
  demultiplex(stream, output);
  stream.on('error', () => output.end());
  stream.on('end', () => output.end());
  stream.on('close', () => output.end());
  let collected = '';
  let ended = false;
  let notify = (): void => undefined;
  output.setEncoding('utf8');
  output.on('data', (text: string) => {
    if (collected.length < 4 * 1024 * 1024) collected += text;
    notify();
  });
  output.on('end', () => {
    ended = true;
    notify();
  });
  let last: Promise<unknown> = Promise.resolve();

  const runNow = async (script: string, timeoutMs: number): Promise<{ ok: boolean; output: string; exitCode: number }> => {
    const token = `t${Math.random().toString(36).slice(2)}${Date.now().toString(36)}`;
    collected = '';
    stream.write(`sh -c "$(cat <<'${token}'\n${script}\n${token}\n)" < /dev/null 2>&1; echo "${token} $?"\n`);
    const pattern = new RegExp(`${token} (\\d+)\\n`);
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const match = pattern.exec(collected);
      if (match !== null) {
        const exitCode = Number(match[1]);
        return { ok: exitCode === 0, exitCode, output: collected.slice(0, match.index) };
      }
      const left = deadline - Date.now();
      if (ended || left <= 0)
        throw new Inconclusive('twin-failed', [`${ended ? 'the copy ended' : `no end within ${timeoutMs} ms`}; it said "${collected.trim().slice(-200)}"`]);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        notify = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };

  return {
    run(script, timeoutMs) {
      const result = last.then(() => runNow(script, timeoutMs));
      last = result.catch(() => undefined);
      return result;
    },
    close: () => stream.destroy(),
  };
}

function asInconclusive(step: string): (error: unknown) => never {
  return (error) => {
    throw new Inconclusive('twin-failed', [`${step}: ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`]);
  };
}
