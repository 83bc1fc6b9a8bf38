import { hashOfExecutable } from '../checker/executable-hash.ts';
import { pidsBelow } from '../checker/kernel-process.ts';
import { execute } from '../engine/execute.ts';
import type { Instance } from '../host/instance.ts';
import type { SandboxParts } from './sandbox-parts.ts';
import { ensureShell, terminalNames } from './terminal.ts';

/**
 * Does ahead of time what a learner would wait for: the shells and the way to them, the first `docker info` (the client reads its plug-ins from a
 * cold disk), and the hashes that every check compares. Nobody has touched the sandbox yet.
 */
export async function warmUp(instance: Instance, parts: SandboxParts): Promise<void> {
  const pids = await pidsBelow(`${instance.cgroupParent}/${parts.dockerHost.id}`);
  await Promise.all([
    ...terminalNames.map((name) => ensureShell(parts, name)),
    parts.relay('vantage'),
    execute(parts.dockerHost, ['docker', 'info'], { timeoutMs: 10_000 }),
    ...pids.map(hashOfExecutable),
  ]);
}
