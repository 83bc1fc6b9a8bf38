import { PassThrough, Writable } from 'node:stream';
import type { Readable } from 'node:stream';
import type { Container } from 'dockerode';

export interface ExecuteOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly directory?: string;
  /** Ends the command (inside) after this time; default two minutes. */
  readonly timeoutMs?: number;
  /** Instead of a time limit inside: when it aborts nobody waits any longer, and whoever aborts ends the processes. */
  readonly signal?: AbortSignal;
  /** Gets the command's pid on the machine. */
  readonly onStart?: (pid: number) => void;
  readonly onOutput?: (text: string) => void;
}

export interface ExecuteResult {
  /** 124 when it did not end in time, as with timeout(1). */
  readonly exitCode: number;
  /** Standard output and error together, at most 1 MiB. */
  readonly output: string;
}

const maxOutputBytes = 1024 * 1024;
/** The time limit inside depends on a program of the container. So long after it we stop waiting. */
const graceMs = 5000;
const timedOut = 124;

/** Runs a command as the container's root. What it says is the sandbox's word: never a basis for a verdict. */
export async function execute(container: Container, command: readonly string[], options: ExecuteOptions = {}): Promise<ExecuteResult> {
  const timeoutMs = options.timeoutMs ?? 120_000;
  const seconds = Math.ceil(timeoutMs / 1000);
  const exec = await container.exec({
    Cmd: options.signal === undefined ? ['timeout', '-k', '2', String(seconds), ...command] : [...command],
    AttachStdout: true,
    AttachStderr: true,
    ...(options.environment === undefined ? {} : { Env: Object.entries(options.environment).map(([name, value]) => `${name}=${value}`) }),
    ...(options.directory === undefined ? {} : { WorkingDir: options.directory }),
  });
  const stream = (await exec.start({})) as unknown as Readable;
  if (options.onStart !== undefined) options.onStart((await exec.inspect()).Pid);
  const collected: Buffer[] = [];
  let bytes = 0;
  const collect = new Writable({
    write(chunk: Buffer, _encoding, done) {
      options.onOutput?.(chunk.toString());
      if (bytes < maxOutputBytes) collected.push(chunk.subarray(0, maxOutputBytes - bytes));
      bytes += chunk.length;
      done();
    },
  });
  const merged = new PassThrough();
  merged.pipe(collect);
  container.modem.demuxStream(stream, merged, merged);
  const hasEnded = await inTime(ended(stream), options.signal ?? AbortSignal.timeout(seconds * 1000 + graceMs));
  if (!hasEnded) stream.destroy();
  merged.end();
  await new Promise((resolve) => collect.once('finish', resolve));
  const exitCode = hasEnded ? ((await exec.inspect()).ExitCode ?? -1) : timedOut;
  return { exitCode, output: Buffer.concat(collected).toString() };
}

/** As `execute`, but a failing command is an error that carries the end of its output. */
export async function executeOrFail(container: Container, command: readonly string[], what: string, options: ExecuteOptions = {}): Promise<string> {
  const { exitCode, output } = await execute(container, command, options);
  if (exitCode !== 0) throw new Error(`Cannot ${what}: exit status ${exitCode}\n${output.trimEnd().split('\n').slice(-15).join('\n')}`);
  return output;
}

function ended(stream: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once('end', resolve);
    stream.once('close', resolve);
    stream.once('error', reject);
  });
}

/** False when `signal` comes first. */
async function inTime(action: Promise<void>, signal: AbortSignal): Promise<boolean> {
  action.catch(() => undefined);
  if (signal.aborted) return false;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const onAbort = (): void => resolve(false);
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([action.then(() => true), promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
