import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Runs `action` while no other process of this machine does the same under `name`. The kernel holds the lock (flock(2)), in a child that
 * ends with us: nobody has to clean up after a killed process.
 */
export async function withLock<T>(directory: string, name: string, action: () => Promise<T>): Promise<T> {
  await mkdir(directory, { recursive: true });
  const file = join(directory, `${name.replaceAll(/[^a-zA-Z0-9.-]/g, '_')}.lock`);
  const holder = spawn('flock', ['--exclusive', file, 'sh', '-c', 'echo locked; exec cat > /dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Ctrl-C in the terminal goes to the whole process group; the lock must hold until we are done.
    detached: true,
  });
  const ended = once(holder, 'exit');
  const first = await Promise.race([once(holder.stdout, 'data'), ended]);
  if (!Buffer.isBuffer(first[0])) throw new Error(`Cannot lock ${file}: flock ended with ${String(first[0])}`);
  try {
    return await action();
  } finally {
    holder.stdin.end();
    await ended;
  }
}

/** Is a process with this number alive? One that has ended but was not collected yet (a zombie) is not: some machines' init is slow at it. */
export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !'ZX'.includes(stat.charAt(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}
