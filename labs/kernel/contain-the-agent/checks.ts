import { Inconclusive } from '#lab';
import type { ChecksOf, HostMount } from '#lab';
import { findAgent, inject, ownProcesses, readMetrics } from './agent.ts';
import { capabilitiesBeyondDefault, exposedKernelFiles, nameOf, visibleHostMounts } from './confinement.ts';
import type lab from './lab.ts';
import { vendorKey, vendorImageChanges } from './vendor-image.ts';

const dataDirectory = '/srv/data';
const writtenBytes = 7_000_000;

export default {
  async 'not-privileged'(tools) {
    const { sandbox, notYet } = tools;
    const agent = await findAgent(sandbox);
    const processes = await ownProcesses(tools, agent);

    const tooMany = processes.flatMap(capabilitiesBeyondDefault);
    if (tooMany.length > 0) throw notYet('capabilities-left', tooMany);
    const unfiltered = processes.filter((process) => process.seccomp !== 2);
    if (unfiltered.length > 0)
      throw notYet(
        'seccomp-off',
        unfiltered.map((process) => `Seccomp of ${nameOf(process)}: ${process.seccomp}`),
      );
    const exposed = processes.flatMap(exposedKernelFiles);
    if (exposed.length > 0) throw notYet('kernel-files-open', exposed);

    const mount = await agent.twin('mount -t tmpfs tmpfs /sys 2>&1 && umount /sys');
    if (mount.ok) throw notYet('can-mount', ['mount -t tmpfs tmpfs /sys in a copy of the agent: done']);
    if (!/permitted|denied/.test(mount.output)) throw new Inconclusive('control-failed', [`mount -t tmpfs tmpfs /sys: ${mount.output.trim()}`]);
    const unshare = await agent.twin('unshare -U true 2>&1');
    if (unshare.ok) throw notYet('seccomp-weak', ['unshare -U true in a copy of the agent: done']);

    await inject(tools, agent, 'true');
    return [
      ...processes.map(
        (process) =>
          `${nameOf(process)}: CapEff ${hex(process.capabilities.effective)}, CapBnd ${hex(process.capabilities.bounding)}, Seccomp ${process.seccomp}`,
      ),
      `mount -t tmpfs tmpfs /sys in a copy of the agent: ${mount.output.trim()}`,
      `unshare -U true in a copy of the agent: ${unshare.output.trim()}`,
      'port 9100 answers',
    ];
  },

  async 'own-pid-namespace'(tools) {
    const { sandbox, notYet } = tools;
    const agent = await findAgent(sandbox);
    const host = await sandbox.hostProcess();
    const processes = await ownProcesses(tools, agent);

    const onHost = processes.filter((process) => process.namespaces.pid === host.namespaces.pid);
    if (onHost.length > 0)
      throw notYet(
        'host-processes',
        onHost.map((process) => `pid namespace of ${nameOf(process)}: ${process.namespaces.pid}, the Docker host's`),
      );
    const namespaces = new Set(processes.map((process) => process.namespaces.pid));
    const foreign = (await sandbox.processes()).filter((process) => namespaces.has(process.namespaces.pid) && !process.cgroup.includes(agent.id));
    if (foreign.length > 0)
      throw notYet(
        'foreign-processes',
        foreign.map((process) => `${nameOf(process)} is in the agent's pid namespace, but belongs to ${process.cgroup}`),
      );

    const visible = (await inject(tools, agent, 'echo $$; ls /proc')).split('\n').filter((line) => /^\d+$/.test(line));
    const [shell, ...pids] = visible;
    if (shell === undefined || !pids.includes(shell))
      throw notYet('foreign-processes', [`diag?cmd=ls /proc: ${pids.length} processes, without the shell's own (${shell ?? 'unknown'})`]);
    if (pids.length >= 20) throw notYet('foreign-processes', [`diag?cmd=ls /proc: ${pids.length} processes`]);
    return [`pid namespace ${[...namespaces].join(', ')}; the Docker host's: ${host.namespaces.pid}`, `diag?cmd=ls /proc: ${pids.length} processes`];
  },

  async 'no-host-root'(tools) {
    const { sandbox, notYet } = tools;
    const agent = await findAgent(sandbox);
    const processes = await ownProcesses(tools, agent);

    const mounts = await visibleHostMounts(sandbox, processes);
    const beyondData = mounts.filter((mount) => mount.shows !== dataDirectory && !mount.shows.startsWith(`${dataDirectory}/`));
    if (beyondData.length > 0) throw notYet('host-files', outermost(beyondData).map(describe));
    const writable = mounts.filter((mount) => !mount.isReadOnly);
    if (writable.length > 0) throw notYet('data-writable', writable.map(describe));

    const canary = sandbox.random();
    const name = `canary-${sandbox.random(6)}`;
    await sandbox.plantFile({ path: `/root/${name}`, content: canary, mode: 0o600 });
    await sandbox.plantFile({ path: `/usr/local/share/${name}`, content: canary, mode: 0o644 });
    const script = searchScript(name);
    const found = { 'diag?cmd=…': await inject(tools, agent, script), 'a copy of the agent': (await agent.twin(script)).output };
    const leaks = Object.entries(found).filter(([, output]) => output.includes(canary));
    if (leaks.length > 0)
      throw notYet(
        'canary-read',
        leaks.map(([where]) => `/root/${name} or /usr/local/share/${name} was read through ${where}`),
      );
    return [
      ...mounts.map(describe),
      `/root/${name}: not found by find, chroot /rootfs, nsenter -t 1 and /proc/*/root through diag?cmd=… and in a copy of the agent`,
    ];
  },

  async 'own-network'(tools) {
    const { sandbox, notYet } = tools;
    const agent = await findAgent(sandbox);
    const host = await sandbox.hostProcess();
    const processes = await ownProcesses(tools, agent);

    const onHost = processes.filter((process) => process.namespaces.net === host.namespaces.net);
    if (onHost.length > 0)
      throw notYet(
        'host-network',
        onHost.map((process) => `network namespace of ${nameOf(process)}: ${process.namespaces.net}, the Docker host's`),
      );

    const secret = sandbox.random();
    const port = await sandbox.plantLoopbackListener(secret);
    const output = await inject(tools, agent, loopbackScript(port));
    if (output.includes(secret)) throw notYet('loopback-reached', [`diag?cmd=nc 127.0.0.1 ${port}: answered by the Docker host's listener`]);
    if (!output.includes('own loopback works'))
      throw new Inconclusive('control-failed', [`diag?cmd=…: the agent does not reach its own port on 127.0.0.1: ${output.trim()}`]);
    return [
      `network namespace ${processes[0]?.namespaces.net ?? ''}; the Docker host's: ${host.namespaces.net}`,
      `diag?cmd=nc 127.0.0.1 ${port}: no answer from the Docker host's listener; the agent's own port on 127.0.0.1 answers`,
      'port 9100 answers from the attacker box’s network',
    ];
  },

  async 'still-monitors'(tools) {
    const { sandbox, notYet } = tools;
    const agent = await findAgent(sandbox);
    const host = await sandbox.hostProcess();
    const processes = await ownProcesses(tools, agent);

    const freedoms = [
      processes.some((process) => capabilitiesBeyondDefault(process).length > 0),
      processes.some((process) => process.namespaces.pid === host.namespaces.pid),
      processes.some((process) => process.namespaces.net === host.namespaces.net),
      (await visibleHostMounts(sandbox, processes)).some((mount) => mount.shows === '/'),
    ];
    if (freedoms.every(Boolean))
      throw notYet('nothing-hardened', ['more than the default capabilities, host pid namespace, host network, / of the Docker host mounted']);
    const changes = await vendorImageChanges(sandbox, agent, processes);
    if (changes.length > 0) throw notYet('image-changed', changes);
    const diagnostics = await inject(tools, agent, 'command -v nsenter && command -v chroot');
    if (!/nsenter\n.*chroot/.test(diagnostics)) throw notYet('image-changed', ['diag?cmd=command -v nsenter: not there']);

    const key = await vendorKey(sandbox, agent);
    const before = await readMetrics(tools, agent, key);
    const machineBefore = await readMachine(agent);
    const metrics = await readMetrics(tools, agent, key);
    const machineAfter = await readMachine(agent);
    const differences = [
      within('load1', metrics.load1, machineBefore.load1, machineAfter.load1, 0.3 + 0.1 * machineBefore.load1),
      within('mem_total', metrics.mem_total, machineBefore.mem_total, machineAfter.mem_total, 0),
      within('mem_available', metrics.mem_available, machineBefore.mem_available, machineAfter.mem_available, 0.1 * machineBefore.mem_total),
    ].filter((line) => line !== undefined);
    if (differences.length > 0) throw notYet('figures-wrong', differences);

    await sandbox.plantFile({ path: `${dataDirectory}/probe-${sandbox.random(6)}`, content: new Uint8Array(writtenBytes) });
    const after = await readMetrics(tools, agent, key);
    const grown = after.data_used_bytes - before.data_used_bytes;
    const observed = `data_used_bytes ${before.data_used_bytes}, after writing ${writtenBytes} bytes to ${dataDirectory}: ${after.data_used_bytes}`;
    if (!(Math.abs(grown - writtenBytes) <= writtenBytes / 10)) throw notYet('data-not-measured', [observed]);
    return [
      observed,
      `load1 ${metrics.load1} (machine: ${machineBefore.load1}), mem_total ${metrics.mem_total} (machine: ${machineBefore.mem_total})`,
      'image layers: the vendor’s',
      'diag?cmd=… still runs commands',
    ];
  },
} satisfies ChecksOf<typeof lab>;

/** Every way from the agent to files of the Docker host that the attack uses, and a search through all the agent sees. */
function searchScript(name: string): string {
  return [
    `for file in /root/${name} /usr/local/share/${name}; do`,
    '  cat $file /rootfs$file',
    '  chroot /rootfs /bin/cat $file',
    '  timeout 3 nsenter -t 1 -m -u -i -n -p -- /bin/cat $file',
    '  for process in /proc/[0-9]*; do cat $process/root$file $process/root/*$file; done',
    'done 2>/dev/null',
    `timeout 3 find / \\( -path /proc -o -path /sys \\) -prune -o -name ${name} -exec cat {} \\; 2>/dev/null`,
  ].join('\n');
}

/** Asks the Docker host's listener, then each port that somebody listens on here: one must be the agent's own. */
function loopbackScript(port: number): string {
  return [
    `timeout 2 nc 127.0.0.1 ${port} </dev/null 2>/dev/null`,
    `for hex in $(awk '$4 == "0A" { split($2, a, ":"); print a[2] }' /proc/net/tcp /proc/net/tcp6); do`,
    '  timeout 2 wget -qO- http://127.0.0.1:$((0x$hex))/metrics 2>/dev/null | grep -q ^mem_total && echo own loopback works',
    'done',
  ].join('\n');
}

/** What /metrics must agree with: the same files, read in a copy of the agent by a program of the checker's own. */
async function readMachine(agent: Awaited<ReturnType<typeof findAgent>>): Promise<{ load1: number; mem_total: number; mem_available: number }> {
  const { output } = await agent.twin('cat /proc/loadavg /proc/meminfo');
  const kilobytes = (name: string): number => Number(new RegExp(`^${name}: +(\\d+)`, 'm').exec(output)?.[1]) * 1024;
  return { load1: Number.parseFloat(output), mem_total: kilobytes('MemTotal'), mem_available: kilobytes('MemAvailable') };
}

/** undefined when `value` lies between two readings of the machine, give or take `slack`; else a line that says so. */
function within(name: string, value: number, first: number, second: number, slack: number): string | undefined {
  const [low, high] = [Math.min(first, second) - slack, Math.max(first, second) + slack];
  return value >= low && value <= high ? undefined : `${name} ${value}; the machine: ${first}`;
}

/** Leaves out what came along below another mount. */
function outermost(mounts: readonly HostMount[]): readonly HostMount[] {
  return mounts.filter(({ target }) => !mounts.some((other) => target.startsWith(`${other.target}/`)));
}

function describe(mount: HostMount): string {
  return `${mount.target} shows ${mount.shows} of the Docker host, ${mount.isReadOnly ? 'read-only' : 'writable'}`;
}

function hex(capabilities: bigint): string {
  return capabilities.toString(16).padStart(16, '0');
}
