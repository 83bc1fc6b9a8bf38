import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pidsBelow } from './checker/kernel-process.ts';
import { run } from './host/run.ts';
import { startCanaryServer, type CanaryServer } from './testing/canary-server.ts';
import { openTestBench, type TestBench, type TestSandbox } from './testing/test-bench.ts';
import { attackerViewpoint, viewpoints } from './testing/viewpoints.ts';

/** Text that can only have come from where it was put. */
const canary = (): string => `canary-${randomBytes(8).toString('hex')}`;

/** What of the machine must stay out of reach, each with a text that gives away who has reached it. */
const machineText = canary();
const neighbourText = canary();
const controlText = canary();

let bench: TestBench;
let sandbox: TestSandbox;
let neighbour: TestSandbox;
let server: CanaryServer;
let folder: string;
let process: ChildProcess;

beforeAll(async () => {
  bench = await openTestBench();
  [sandbox, neighbour] = await Promise.all([bench.startSandbox(), bench.startSandbox()]);
  server = await startCanaryServer(machineText);
  process = spawn('sleep', ['86397']);
  folder = await mkdtemp(join(tmpdir(), 'schott-canary-'));
  await chmod(folder, 0o755);
  await writeFile(join(folder, 'secret'), machineText, { mode: 0o600 });
  await sandbox.run(`mkdir -p ${folder}.control && echo ${controlText} > ${folder}.control/secret && chmod 600 ${folder}.control/secret`);
  await neighbour.run(`
    echo 'DOCKER_OPTS="--host=unix:///var/run/docker.sock --host=tcp://0.0.0.0:2375 --tls=false"' > /etc/default/docker
    systemctl restart docker
    mkdir /srv/www && echo ${neighbourText} > /srv/www/index.html
    docker run --detach --publish 8080:80 --volume /srv/www:/www lab/bb httpd -f -p 80 -h /www
    sleep 86399 > /dev/null 2>&1 &`);
});

afterAll(async () => {
  process?.kill();
  await server?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
  await Promise.all([sandbox?.[Symbol.asyncDispose](), neighbour?.[Symbol.asyncDispose]()]);
  await bench?.[Symbol.asyncDispose]();
});

/** The sandbox's side of its network: the address of the bridge, which is the engine's. */
const gatewayOf = (one: TestSandbox): string => one.parts.network.subnet.replace(/\.(\d+)\/\d+$/, (_match, last: string) => `.${Number(last) + 1}`);

const linesOf = (text: string): string[] => text.trimEnd().split('\n');

describe.each(viewpoints)('$name', (viewpoint) => {
  test("cannot make, open or mount the machine's disks, memory or loop devices", async () => {
    const disks = linesOf(await readFile('/proc/partitions', 'utf8'))
      .slice(2)
      .map((line) => line.trim().split(/\s+/).slice(0, 2).join(' '));
    expect(disks.length).toBeGreaterThan(0);
    const devices = [...disks.map((numbers) => `b ${numbers}`), 'c 1 1', 'c 1 2', 'c 1 11', 'c 10 229', 'c 10 232', 'c 10 237'];
    const output = await viewpoint.run(
      sandbox,
      `mkdir -p /tmp/probe
       mount -t tmpfs probe /tmp/probe && echo control: mounted
       mknod /tmp/probe/control c 0 0 && echo control: made
       ${devices.map((device) => `if mknod /tmp/probe/device ${device} 2> /dev/null; then echo "made ${device}"; mount -o ro /tmp/probe/device /mnt && echo "mounted ${device}"; fi; rm -f /tmp/probe/device`).join('\n')}
       find /dev /host/dev -type b 2> /dev/null
       ls /dev /host/dev 2> /dev/null | grep -E '^(mem|kmem|port|kmsg|loop-control|loop[0-9]|kvm|fuse|vd|sd|nvme|dm-)'
       umount /tmp/probe`,
    );
    expect(linesOf(output)).toEqual(['control: mounted', 'control: made']);
  });

  test("cannot read the machine's files by any root that a process shows", async () => {
    const output = await viewpoint.run(
      sandbox,
      `for root in '' /host /proc/[0-9]*/root /proc/[0-9]*/cwd /proc/[0-9]*/cwd/../../../.. /proc/[0-9]*/fd/[0-9]*; do
         cat "$root${folder}/secret" "$root${folder}.control/secret" 2> /dev/null
       done | sort -u`,
    );
    expect(output.trim()).toBe(controlText);
  });

  test("cannot find the keeper's or the engine's socket", async () => {
    const { runDirectory, engineSocket, keeperSocket } = bench.place.instance;
    expect(await run('find', [engineSocket])).toBe(`${engineSocket}\n`);
    const output = await viewpoint.run(
      sandbox,
      `for root in '' /host /proc/[0-9]*/root; do
         for path in ${runDirectory} ${engineSocket} ${keeperSocket}; do [ -e "$root$path" ] && echo "found $path"; done
         [ -S "$root/run/docker.sock" ] && echo control: found
       done | sort -u
       grep -E '@.*(schott|containerd|docker)' /proc/net/unix`,
    );
    expect(linesOf(output)).toEqual(['control: found']);
  });

  test("cannot change the machine's kernel", async () => {
    // Each setting would get the value it has: a hole is seen, but does no harm.
    const settings = [
      'kernel/core_pattern',
      'kernel/modprobe',
      'kernel/sysrq',
      'kernel/panic',
      'kernel/threads-max',
      'vm/overcommit_memory',
      'fs/inotify/max_user_instances',
      'fs/suid_dumpable',
    ];
    const output = await viewpoint.run(
      sandbox,
      `for setting in net/ipv4/ip_forward ${settings.join(' ')}; do
         value=$(cat /proc/sys/$setting 2> /dev/null) && (echo "$value" > /proc/sys/$setting) 2> /dev/null && echo "wrote $setting"
       done
       (echo h > /proc/sysrq-trigger) 2> /dev/null && echo wrote sysrq-trigger
       (echo > /sys/kernel/uevent_helper) 2> /dev/null && echo wrote uevent_helper
       (cat /sys/power/state > /sys/power/state) 2> /dev/null && echo wrote power state
       dmesg > /dev/null 2>&1 && echo read the kernel log
       head -c 1 /proc/kcore > /dev/null 2>&1 && echo read kernel memory
       date -s "$(date '+%Y-%m-%d %H:%M:%S')" 2>&1 | grep -q "can't set date" || echo set the clock
       mount -t debugfs none /mnt 2> /dev/null && echo mounted debugfs
       mount -t securityfs none /mnt 2> /dev/null && echo mounted securityfs
       swapoff -a 2> /dev/null && [ -s /proc/swaps ] && grep -q / /proc/swaps && echo switched swap
       true`,
    );
    expect(linesOf(output)).toEqual(['wrote net/ipv4/ip_forward']);
  });

  test('cannot raise its own limits, nor leave its cgroup', async () => {
    const output = await viewpoint.run(
      sandbox,
      `try() { [ -e "$1" ] && (echo "$2" > "$1") 2> /dev/null && echo "wrote $1"; }
       root=/sys/fs/cgroup; [ -d /host/sys/fs/cgroup ] && root=/host/sys/fs/cgroup
       for directory in $root $root/*/; do
         [ -e $directory/cgroup.procs ] || continue
         try $directory/memory.limit_in_bytes -1; try $directory/memory.memsw.limit_in_bytes -1; try $directory/memory.max max; try $directory/memory.swap.max max
         try $directory/pids.max max
         try $directory/cpu.cfs_quota_us -1; try $directory/cpu.max max
         try $directory/devices.allow 'a *:* rwm'
         try $directory/release_agent /tmp/agent; try $directory/../release_agent /tmp/agent
         try $directory/../cgroup.procs $$; try $directory/../../cgroup.procs $$
       done
       mkdir -p $root/pids/control $root/control 2> /dev/null
       (echo 77 > $root/pids/control/pids.max) 2> /dev/null || (echo 77 > $root/control/pids.max) 2> /dev/null
       echo control: $(cat $root/pids/control/pids.max $root/control/pids.max 2> /dev/null)
       rmdir $root/pids/control $root/control 2> /dev/null
       for controller in memory pids devices cpu rdma misc perf_event; do
         mkdir -p /tmp/cg && mount -t cgroup -o $controller none /tmp/cg 2> /dev/null || continue
         try /tmp/cg/release_agent /tmp/agent; try /tmp/cg/memory.limit_in_bytes -1; try /tmp/cg/pids.max max; try /tmp/cg/devices.allow 'a *:* rwm'
         umount /tmp/cg
       done
       true`,
    );
    expect(linesOf(output)).toEqual(['control: 77']);
    const { dockerHostPid } = sandbox.parts;
    const namespace = await run('readlink', [`/proc/${dockerHostPid}/ns/pid`]);
    const members = await run('sh', [
      '-c',
      'for p in /proc/[0-9]*; do [ "$(readlink $p/ns/pid 2> /dev/null)" = "$1" ] && echo ${p#/proc/}; done; true',
      'sh',
      namespace.trim(),
    ]);
    const inCgroup = new Set(await pidsBelow(sandbox.cgroup));
    expect(inCgroup.has(dockerHostPid)).toBe(true);
    expect(
      linesOf(members)
        .map(Number)
        .filter((pid) => !inCgroup.has(pid)),
    ).toEqual([]);
  });

  test('sees no process of the machine or of another sandbox', async () => {
    const output = await viewpoint.run(
      sandbox,
      `sleep 86398 & sleep 0.2
       for file in /proc/[0-9]*/cmdline; do tr '\\0' ' ' < $file 2> /dev/null; echo; done | grep -E '^sleep 8639[789] ?$' | sort -u
       kill $!`,
    );
    expect(linesOf(output).map((line) => line.trim())).toEqual(['sleep 86398']);
    for (const foreign of ['sleep 86397', 'sleep 86399']) expect(await run('pgrep', ['--full', '--exact', foreign])).not.toBe('');
  });
});

describe.each([...viewpoints, attackerViewpoint])('over the network, $name', (viewpoint) => {
  const isAttacker = viewpoint === attackerViewpoint;

  /** Tries each address and says what came; the last line is the control: a listener of the sandbox's own other half. */
  async function reach(targets: ReadonlyArray<readonly [address: string, port: number]>): Promise<{ answers: string[]; control: string }> {
    const relay = await sandbox.parts.relay(isAttacker ? 'dockerhost' : 'attacker');
    using listener = await relay.listen('0.0.0.0', controlText);
    const script = [
      ...targets.map(([address, port]) => `get ${address} ${port} &`),
      'wait',
      `get ${isAttacker ? sandbox.parts.address : await attackerAddress()} ${listener.port}`,
    ].join('\n');
    const output = await viewpoint.run(
      sandbox,
      `get() { if answer=$(wget -q -T 2 -O - "http://$1:$2/" 2>&1); then echo "reached $1:$2: $answer"; else echo "$answer" | grep -q -i -e refused -e 'server returned' && echo "there is $1:$2: $answer"; fi; }
       # What the learner can do about routes is done first.
       ip route replace default via ${gatewayOf(sandbox)} 2> /dev/null
       ip route replace ${neighbour.parts.network.subnet} via ${gatewayOf(sandbox)} 2> /dev/null
       ${script}
       ip route del ${neighbour.parts.network.subnet} 2> /dev/null`,
    );
    const lines = linesOf(output);
    return { answers: lines.slice(0, -1), control: lines.at(-1) ?? '' };
  }

  async function attackerAddress(): Promise<string> {
    const { NetworkSettings } = await sandbox.parts.attacker.inspect();
    return Object.values(NetworkSettings.Networks)[0]?.IPAddress ?? '';
  }

  test("cannot reach the machine's server, on its loopback or any of its addresses", async () => {
    const own = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter((address) => address.family === 'IPv4')
      .map((address) => address.address);
    expect(await (await fetch(`http://127.0.0.1:${server.port}/`)).text()).toBe(machineText);
    const before = server.connections;
    const { answers, control } = await reach([...own, '0.0.0.0', gatewayOf(sandbox)].map((address) => [address, server.port]));
    expect(control).toContain(controlText);
    // Its own loopback and its gateway may refuse: nobody listens there.
    expect(answers.filter((line) => !/^there is (127\.0\.0\.1|0\.0\.0\.0|10\.213\.)/.test(line))).toEqual([]);
    expect(server.connections).toBe(before);
  });

  test('cannot reach any address outside', async () => {
    const { answers, control } = await reach([
      ['192.0.2.1', 80],
      ['169.254.169.254', 80],
    ]);
    expect(control).toContain(controlText);
    expect(answers).toEqual([]);
  });

  test('cannot reach another sandbox: its address, its nested API, its published port', async () => {
    const { address } = neighbour.parts;
    const ownAttacker = await neighbour.runOnAttacker(
      `curl --silent --max-time 5 http://${address}:2375/_ping; echo; curl --silent --max-time 5 http://${address}:8080/`,
    );
    expect(ownAttacker.output.trim()).toBe(`OK\n${neighbourText}`);
    using listener = await (await neighbour.parts.relay('dockerhost')).listen('0.0.0.0', neighbourText);
    const { answers, control } = await reach([
      [address, listener.port],
      [address, 2375],
      [address, 8080],
      [gatewayOf(neighbour), 8080],
    ]);
    expect(control).toContain(controlText);
    expect(answers.filter((line) => !line.startsWith(`there is ${gatewayOf(neighbour)}:`))).toEqual([]);
  });
});

test("the engine's network namespace has no way out and nobody listening in it", async () => {
  const { name, networkNamespace } = bench.place.instance;
  const routes = linesOf(await run('ip', ['-n', name, 'route']));
  expect(routes.filter((route) => !/^10\.213\.\d+\.\d+\/28 dev br-/.test(route))).toEqual([]);
  expect(await run('nsenter', [`--net=${networkNamespace}`, 'cat', '/proc/sys/net/ipv4/ip_forward'])).toBe('0\n');
  expect(await run('nsenter', [`--net=${networkNamespace}`, 'ss', '--listening', '--tcp', '--udp', '--no-header'])).toBe('');
});
