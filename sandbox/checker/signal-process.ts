import { readFileSync } from 'node:fs';

/**
 * Sends `signal` to a process of a sandbox, by its number on the machine. False when it has ended. The cgroup is asked right before, without giving way to
 * anything else: a number that was given anew meanwhile, to a process outside, is never hit.
 */
export function signalProcess(pid: number, sandboxCgroup: string, signal: 'SIGTERM' | 'SIGKILL'): boolean {
  try {
    const lines = readFileSync(`/proc/${pid}/cgroup`, 'utf8').trimEnd().split('\n');
    const isInside = lines.some((line) => {
      const path = line.split(':').slice(2).join(':');
      return path === sandboxCgroup || path.startsWith(`${sandboxCgroup}/`);
    });
    if (!isInside) return false;
    return process.kill(pid, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH'].includes(String(error.code))) return false;
    throw error;
  }
}
