import { pidsBelow } from '../checker/kernel-process.ts';
import { run } from '../host/run.ts';
import { unfilteredViewpoint, useGrounds, withAndWithoutFilter } from './grounds.ts';
import { technique } from './technique.ts';

const grounds = useGrounds({ probes: [], withUnfiltered: true });

/** `try FILE TEXT` says what could be written. `root`: where the sandbox's own cgroups are seen. */
const prelude = `
  try() { [ -e "$1" ] && if (echo "$2" > "$1") 2> /tmp/refusal; then echo "wrote $1"; else sed 's/^.*: /refused /' /tmp/refusal; fi; }
  root=/sys/fs/cgroup; [ -d /host/sys/fs/cgroup ] && root=/host/sys/fs/cgroup
  own=$root/pids; [ -d $own ] || own=$root
  mkdir -p /tmp/cgroup`;

const writesIn = (lines: readonly string[]): string[] => lines.filter((line) => line.startsWith('wrote '));
const refusalIn = (lines: readonly string[]): string | undefined => lines.find((line) => line.startsWith('refused '))?.slice(8);
const controlIn = (lines: readonly string[]): string | undefined => lines.find((line) => line.startsWith('control: '))?.slice(9);

const limitFiles = [
  'memory.limit_in_bytes -1',
  'memory.memsw.limit_in_bytes -1',
  'memory.kmem.limit_in_bytes -1',
  'memory.max max',
  'memory.high max',
  'memory.swap.max max',
  'memory.oom_control 1',
  'pids.max max',
  'cpu.cfs_quota_us -1',
  'cpu.shares 262144',
  'cpu.max max',
  'cpu.weight 10000',
  'cpuset.cpus 0',
  'blkio.weight 1000',
  'io.max max',
  'freezer.state THAWED',
  'cgroup.freeze 0',
];

technique("raise one's own limits", { reference: 'admin-guide/cgroup-v1, cgroup-v2.rst', viewpoints: withAndWithoutFilter }, async (viewpoint) => {
  const lines = await grounds.lines(
    viewpoint,
    `${prelude}
     # Version 2 has one cgroup for all; what is below it are the sandbox's own children, within its limits and its to set.
     directories="$root $root/*/"; [ -e $root/cgroup.controllers ] && directories=$root
     for directory in $directories; do
       [ -e $directory/cgroup.procs ] || continue
       ${limitFiles.map((words) => `try $directory/${words}`).join('; ')}
     done
     mkdir $own/control-$$ && (echo 77 > $own/control-$$/pids.max) && echo "control: set a child's limit to $(cat $own/control-$$/pids.max)"; rmdir $own/control-$$`,
  );
  return { reached: writesIn(lines), control: controlIn(lines), refusal: refusalIn(lines) };
});

technique('raise them through a fresh mount of the hierarchy', { reference: 'cgroups(7)', viewpoints: withAndWithoutFilter }, async (viewpoint) => {
  const name = `schott-breakout-${process.pid}`;
  const lines = await grounds.lines(
    viewpoint,
    `${prelude}
     for controller in memory pids devices cpu cpuacct cpuset blkio freezer rdma misc perf_event hugetlb net_cls; do
       mount -t cgroup -o $controller none /tmp/cgroup 2> /tmp/refusal || { echo "refused $(cat /tmp/refusal)"; continue; }
       ${[...limitFiles, 'release_agent /tmp/agent', 'devices.allow a'].map((words) => `try /tmp/cgroup/${words}`).join('; ')}
       umount /tmp/cgroup
     done
     if mount -t cgroup2 none /tmp/cgroup; then
       ${[...limitFiles, 'cgroup.subtree_control +pids', 'cgroup.max.descendants 1', 'cgroup.kill 1', 'cgroup.procs $$'].map((words) => `try /tmp/cgroup/${words}`).join('; ')}
       mkdir /tmp/cgroup/${name}
       umount /tmp/cgroup
     fi
     mount -t tmpfs none /tmp/cgroup && echo control: mounted a tmpfs there && umount /tmp/cgroup`,
  );
  // A fresh mount of version 2 shows a cgroup of its own, whose lists of processes and controllers it may write (runtime/schott-hook). The machine
  // knows whose it is by where the new child appears.
  const made = (await run('find', ['/sys/fs/cgroup', '-type', 'd', '-name', name])).split('\n').filter(Boolean);
  for (const directory of made) await run('rmdir', [directory]);
  const own = viewpoint === unfilteredViewpoint ? /\/schott[^/]*\/[0-9a-f]{64}\// : new RegExp(`${grounds.sandbox.cgroup}/`);
  return {
    reached: [...writesIn(lines).filter((line) => !/cgroup\.(procs|subtree_control)$/.test(line)), ...made.filter((directory) => !own.test(directory))],
    control: controlIn(lines),
    refusal: refusalIn(lines),
  };
});

technique('release_agent, also from new user and cgroup namespaces', { reference: 'CVE-2022-0492', viewpoints: withAndWithoutFilter }, async (viewpoint) => {
  const lines = await grounds.lines(
    viewpoint,
    `${prelude}
     # busybox's knows no cgroup namespaces; from the nested container, the Docker host's is run on the Docker host.
     unshare='/usr/bin/unshare --user --map-root-user --mount --cgroup'; [ -d /host/etc ] && unshare="nsenter -t 1 -m $unshare"
     for directory in $root $root/*/ $root/../; do try $directory/release_agent /tmp/agent; done
     for controller in memory pids devices rdma cpuset freezer; do
       $unshare sh -c "mount -t cgroup -o $controller none /tmp/cgroup && echo /tmp/agent > /tmp/cgroup/release_agent" 2> /tmp/refusal && echo "wrote release_agent of $controller" || sed 's/^.*: /refused /' /tmp/refusal
     done
     $unshare true && echo namespaces made
     if mkdir $own/control-$$ && [ -e $own/control-$$/notify_on_release ]; then
       echo 1 > $own/control-$$/notify_on_release && echo control: asked for a notice of its own child
     else echo control: this hierarchy knows no agents; fi
     rmdir $own/control-$$`,
  );
  return { reached: writesIn(lines), control: lines.includes('namespaces made') ? controlIn(lines) : undefined, refusal: refusalIn(lines) };
});

technique("allow oneself devices by the cgroup's list", { reference: 'cgroup-v1/devices.rst', viewpoints: withAndWithoutFilter }, async (viewpoint) => {
  const lines = await grounds.lines(
    viewpoint,
    `${prelude}
     try $root/devices/devices.allow 'a *:* rwm'
     if mkdir $root/devices/control-$$ 2> /dev/null; then
       try $root/devices/control-$$/devices.allow 'b *:* rwm'
       cat $root/devices/control-$$/devices.list > /dev/null && echo control: read the list of a child; rmdir $root/devices/control-$$
     else [ -d $root/devices ] || echo control: this hierarchy has no list; fi`,
  );
  return { reached: writesIn(lines), control: controlIn(lines), refusal: refusalIn(lines) };
});

technique("leave one's cgroup upwards", { reference: 'cgroups(7)', viewpoints: withAndWithoutFilter }, async (viewpoint) => {
  const lines = await grounds.lines(
    viewpoint,
    `${prelude}
     for directory in $root $root/*/; do
       for up in .. ../.. ../../..; do try $directory/$up/cgroup.procs $$; try $directory/$up/tasks $$; done
     done
     mkdir $own/control-$$ && sleep 9 & sleep 0.2
     echo $! > $own/control-$$/cgroup.procs && echo control: moved a process to a child; kill $!; sleep 0.2; rmdir $own/control-$$`,
  );
  return {
    reached: [...writesIn(lines).filter((line) => /\.\.\/(cgroup\.procs|tasks)$/.test(line)), ...(await strayProcesses())],
    control: controlIn(lines),
    refusal: refusalIn(lines) ?? 'there is nothing above',
  };
});

/** Processes that are in the sandbox's pid namespace but, as the machine sees it, outside of its cgroup. */
async function strayProcesses(): Promise<string[]> {
  const { parts, cgroup } = grounds.sandbox;
  const namespace = (await run('readlink', [`/proc/${parts.dockerHostPid}/ns/pid`])).trim();
  const script = 'for p in /proc/[0-9]*; do [ "$(readlink $p/ns/pid 2> /dev/null)" = "$1" ] && echo ${p#/proc/}; done; true';
  const members = (await run('sh', ['-c', script, 'sh', namespace])).trim().split('\n').map(Number);
  const inCgroup = new Set(await pidsBelow(cgroup));
  if (!inCgroup.has(parts.dockerHostPid) || !members.includes(parts.dockerHostPid)) throw new Error('Cannot compare processes: the first one is missing');
  return members.filter((pid) => !inCgroup.has(pid)).map((pid) => `process ${pid} outside of the cgroup`);
}
