import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './terminal-client.ts';

export const insideUid = 1_000_000;

/** Stands in for a sandbox: a process in user, mount and network namespaces of its own, root inside being `insideUid` outside. */
export class TestNamespaces {
  readonly holder: ChildProcess;
  readonly pid: number;
  #processes: ChildProcess[] = [];
  /** A copy of Node where anybody may go: the project may lie where the root inside may not. */
  readonly #nodeFolder = mkdtempSync(join(tmpdir(), 'schott-node-'));

  private constructor(holder: ChildProcess) {
    this.holder = holder;
    this.pid = holder.pid!;
    chmodSync(this.#nodeFolder, 0o755);
    copyFileSync(process.execPath, join(this.#nodeFolder, 'node'));
  }

  static async create(): Promise<TestNamespaces> {
    const holder = spawn('unshare', ['--user', '--mount', '--net', 'sleep', '600'], { stdio: ['ignore', 'ignore', 'inherit'] });
    const own = ['user', 'mnt', 'net'].map((kind) => readlinkSync(`/proc/self/ns/${kind}`));
    await until(() => ['user', 'mnt', 'net'].every((kind, i) => readlinkSync(`/proc/${holder.pid}/ns/${kind}`) !== own[i]));
    for (const map of ['uid_map', 'gid_map']) writeFileSync(`/proc/${holder.pid}/${map}`, `0 ${insideUid} 65536`);
    const namespaces = new TestNamespaces(holder);
    namespaces.run('ip', 'link', 'set', 'lo', 'up');
    return namespaces;
  }

  /** Runs a program inside, as its root, to the end. */
  run(...command: string[]): void {
    execFileSync('nsenter', [...this.#entering(), ...command]);
  }

  /** Starts a Node script inside, as its root, and waits for its first line. */
  async start(script: string, ...args: string[]): Promise<{ process: ChildProcess; firstLine: string }> {
    const child = spawn('nsenter', [...this.#entering(), join(this.#nodeFolder, 'node'), '-e', script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#processes.push(child);
    let output = '';
    child.stdout.on('data', (bytes) => (output += String(bytes)));
    await until(() => output.includes('\n') || child.exitCode !== null);
    return { process: child, firstLine: output.split('\n', 1)[0]! };
  }

  #entering(): string[] {
    return ['--target', `${this.pid}`, '--user', '--mount', '--net', '--setuid', '0', '--setgid', '0'];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of [...this.#processes, this.holder]) {
      child.kill('SIGKILL');
      await until(() => child.exitCode !== null || child.signalCode !== null);
    }
    rmSync(this.#nodeFolder, { recursive: true });
  }
}
