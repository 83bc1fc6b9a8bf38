import { readFile } from 'node:fs/promises';
import { release } from 'node:os';
import { run } from '#sandbox/host/run.ts';
import { systemName } from '#sandbox/host/packages.ts';
import type { Facts } from '../message.ts';

/** What this virtual machine is: the part of the report that says for which versions the results hold. */
export async function readFacts(): Promise<Facts> {
  const [system, init, engine, containerd, runc, modules, controllers] = await Promise.all([
    systemName(),
    run('systemctl', ['--version']).then(firstLine),
    run('dockerd', ['--version']).then(firstLine),
    run('containerd', ['--version']).then(firstLine),
    run('runc', ['--version']).then(firstLine),
    readFile('/sys/kernel/security/lsm', 'utf8'),
    readFile('/sys/fs/cgroup/cgroup.controllers', 'utf8'),
  ]);
  return { system, kernel: release(), init, engine, containerd, runc, securityModules: modules.trim(), cgroups: `version 2: ${controllers.trim()}` };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
