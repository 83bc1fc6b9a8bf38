import { PassThrough, Writable } from 'node:stream';
import type { Container } from 'dockerode';

export interface ExecuteOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly directory?: string;
  /** Ends the command (inside) after this time; default two minutes. */
  readonly timeoutMs?: number;
  readonly onOutput?: (text: string) => void;
}

export interface ExecuteResult {
  readonly exitCode: number;
  /** Standard output and error together, at most 1 MiB. */
  readonly output: string;
}

/** Runs a command as the container's root. What it says is the sandbox's word: never a basis for a verdict. */
export async function execute(container: Container, command: readonly string[], options: ExecuteOptions = {}): Promise<ExecuteResult> {
  const seconds = Math.ceil((options.timeoutMs ?? 120_000) / 1000);
  const exec = await container.exec({
    Cmd: ['timeout', '-k', '2', String(seconds), ...command],
    AttachStdout: true,
    AttachStderr: true,
    ...(options.environment === undefined ? {} : { Env: Object.entries(options.environment).map(([name, value]) => `${name}=${value}`) }),
    ...(options.directory === undefined ? {} : { WorkingDir: options.directory }),
  });
  const stream = await exec.start({});
  const collected: Buffer[] = [];
  let bytes = 0;
  const collect = new Writable({
    write(chunk: Buffer, _encoding, done) {
      options.onOutput?.(chunk.toString());
      if (bytes < 1024 * 1024) collected.push(chunk);
      bytes += chunk.length;
      done();
    },
  });
  const merged = new PassThrough();
  merged.pipe(collect);
  container.modem.demuxStream(stream, merged, merged);
  await new Promise<void>((resolve, reject) => {
    stream.once('end', resolve);
    stream.once('close', resolve);
    stream.once('error', reject);
  });
  merged.end();
  await new Promise((resolve) => collect.once('finish', resolve));
  const { ExitCode } = await exec.inspect();
  return { exitCode: ExitCode ?? -1, output: Buffer.concat(collected).toString() };
}

/** As `execute`, but a failing command is an error that carries the end of its output. */
export async function executeOrFail(container: Container, command: readonly string[], what: string, options: ExecuteOptions = {}): Promise<string> {
  const { exitCode, output } = await execute(container, command, options);
  if (exitCode !== 0) throw new Error(`Cannot ${what}: exit status ${exitCode}\n${output.trimEnd().split('\n').slice(-15).join('\n')}`);
  return output;
}
