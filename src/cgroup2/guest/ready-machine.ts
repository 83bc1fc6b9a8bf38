import { run } from '#sandbox/host/run.ts';
import { probeCapabilities } from '#sandbox/host/capabilities.ts';
import type { OnLine, StepResult } from './step.ts';

/** The controls without which all that follows would say nothing: systemd is init and content, cgroups are version 2, AppArmor confines containers, and the machine's own Docker runs. */
export async function readyMachine(onLine: OnLine): Promise<StepResult> {
  const capabilities = await probeCapabilities();
  const wanted: ReadonlyArray<readonly [what: string, is: string, wanted: RegExp]> = [
    ['first process', await run('cat', ['/proc/1/comm']), /^systemd$/],
    ['systemd', await run('sh', ['-c', 'systemctl is-system-running --wait || systemctl --failed --no-legend']), /^running$/],
    ['cgroup version', String(capabilities.cgroupVersion), /^2$/],
    ['AppArmor', String(capabilities.appArmor), /^true$/],
    ["profile of the machine's Docker", await run('sh', ['-c', 'grep docker-default /sys/kernel/security/apparmor/profiles']), /^docker-default \(enforce\)$/],
    ["machine's Docker", await run('docker', ['info', '--format', '{{.CgroupDriver}} {{.CgroupVersion}}']), /^systemd 2$/],
    ["machine's containerd", await run('systemctl', ['is-active', 'containerd.service']), /^active$/],
  ];
  for (const [what, is] of wanted) onLine(`${what}: ${is.trim()}`);
  const off = wanted.filter(([, is, pattern]) => !pattern.test(is.trim())).map(([what, is]) => `${what} is "${is.trim()}"`);
  return { ok: off.length === 0, summary: off.length === 0 ? 'systemd, cgroup v2, AppArmor and a Docker of its own' : off.join('; ') };
}
