import { spawn } from 'node:child_process';

export interface RunOptions {
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly timeoutMs?: number;
  /** Called with each line the command writes, for a progress display. */
  readonly onLine?: (line: string) => void;
}

/**
 * Runs a program of the machine and gives its standard output. No shell is involved.
 * Throws with the command and the last lines of its output when it fails.
 */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C', ...options.environment },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
  });
  let output = '';
  let tail = '';
  const listen = (stream: NodeJS.ReadableStream, keep: boolean): void => {
    stream.setEncoding('utf8');
    let rest = '';
    stream.on('data', (chunk: string) => {
      if (keep) output += chunk;
      tail = (tail + chunk).slice(-4000);
      if (options.onLine === undefined) return;
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) options.onLine(line);
    });
  };
  listen(child.stdout, true);
  listen(child.stderr, false);
  child.stdin.on('error', () => undefined); // the command may end without reading its input
  child.stdin.end(options.input ?? '');
  const status = await new Promise<number | string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  if (status !== 0) throw new Error(`Cannot run \`${[command, ...args].join(' ')}\`: exit status ${status}\n${tail.trim()}`);
  return output;
}

/** As `run`, but tells success from failure instead of throwing. */
export async function succeeds(command: string, args: readonly string[]): Promise<boolean> {
  return run(command, args).then(
    () => true,
    () => false,
  );
}
