import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answersIn, findProbes, installProbes, runOnMachine } from './breakout/programs.ts';
import { run } from './host/run.ts';
import { openTestBench, type TestBench, type TestSandbox } from './testing/test-bench.ts';
import { attackerViewpoint, viewpoints } from './testing/viewpoints.ts';

let bench: TestBench;
let sandbox: TestSandbox;

beforeAll(async () => {
  bench = await openTestBench();
  sandbox = await bench.startSandbox();
  await Promise.all([sandbox.parts.dockerHost, sandbox.parts.attacker].map((container) => installProbes(container, 'refused-calls')));
});
afterAll(async () => {
  await sandbox?.[Symbol.asyncDispose]();
  await bench?.[Symbol.asyncDispose]();
});

/** Standard output and error of a bash script on the Docker host, which must end with 0. */
async function outputOf(script: string): Promise<string> {
  const { exitCode, output } = await sandbox.run(`set -e\n${script}`, 100_000);
  expect(exitCode, output).toBe(0);
  return output.trim();
}

describe('the seccomp filter', () => {
  /** What a program of the calls' own making would take as a refusal by the filter. */
  const isRefusal = (answer: string): boolean => ['EPERM', 'ENOSYS', 'killed'].includes(answer);

  test.for([...viewpoints, attackerViewpoint])('refuses what nested Docker does not need, from $name', async (viewpoint) => {
    const here = answersIn(await viewpoint.run(sandbox, `${findProbes}\n$probes/refused-calls`));
    const machine = answersIn(await runOnMachine('refused-calls', []));
    expect([...here].filter(([, answer]) => !isRefusal(answer))).toEqual([]);
    expect([...here.keys()]).toEqual([...machine.keys()]);
    // Some kernels are built without modules, kexec or i386; everything else must get past where there is no filter.
    const optional = ['kexec_load', 'init_module', 'finit_module', 'delete_module', 'iopl', 'ioperm', 'ustat', 'sysfs', 'i386'];
    expect([...machine].filter(([call, answer]) => isRefusal(answer) && !optional.includes(call))).toEqual([]);
  });

  test('leaves a way out where programs ask for the newer call first', async () => {
    const here = answersIn((await sandbox.run('/opt/refused-calls')).output);
    for (const call of ['fsopen', 'move_mount', 'open_tree', 'io_uring_setup', 'keyctl']) expect([call, here.get(call)]).toEqual([call, 'ENOSYS']);
    const output = await outputOf(
      `mkdir -p /tmp/from /tmp/to; echo text > /tmp/from/file
       mount --bind /tmp/from /tmp/to; cat /tmp/to/file; umount /tmp/to
       mount -t tmpfs -o size=1m none /tmp/to; findmnt --noheadings --output FSTYPE /tmp/to; umount /tmp/to
       cp --reflink=always /tmp/from/file /tmp/copy; cat /tmp/copy
       useradd --system tester; su tester -s /bin/sh -c 'id -un'`,
    );
    expect(output.split('\n')).toEqual(['text', 'tmpfs', 'text', 'tester']);
  });

  test('makes an attacker box no place for namespaces, mounts and raw frames', async () => {
    const { output } = await sandbox.runOnAttacker(
      `for command in 'unshare --user true' 'unshare --net true' 'mount -t tmpfs none /mnt' 'chroot / true' 'getent hosts localhost'; do $command > /dev/null 2>&1 && echo "$command"; done
       perl -e 'socket(my $socket, 17, 3, 0x0300) ? print "raw frames\n" : print "packet: $!\n"; socket($socket, 2, 1, 0) ? print "tcp\n" : print "tcp: $!\n"'`,
    );
    expect(output.trim().split('\n')).toEqual(['chroot / true', 'getent hosts localhost', 'packet: Operation not permitted', 'tcp']);
  });

  test('is not taken for a filter of a container, and those still have their own', async () => {
    const fields = "grep -E '^Seccomp(_filters)?:' /proc/self/status";
    const output = await outputOf(
      `${fields}; docker run --rm lab/bb ${fields}; docker run --rm --security-opt seccomp=unconfined lab/bb ${fields}; docker run --rm --privileged lab/bb ${fields}`,
    );
    const [host, confined, unconfined, privileged] = [...output.matchAll(/Seccomp:\s*(\d)\nSeccomp_filters:\s*(\d)/g)].map((match) => [
      Number(match[1]),
      Number(match[2]),
    ]);
    expect([host, unconfined, privileged]).toEqual([
      [2, 1],
      [2, 1],
      [2, 1],
    ]);
    expect(confined).toEqual([2, 2]);
  });
});

describe('nested Docker works under it:', () => {
  test('privileged containers with namespaces of the Docker host', async () => {
    const output = await outputOf(
      `docker run --rm --privileged lab/bb sh -c 'mount -t tmpfs none /tmp && unshare -n true && echo privileged'
       docker run --rm --privileged --pid host --net host --ipc host -v /:/host lab/bb chroot /host sh -c 'nsenter -t 1 -m -n true && mount --bind /tmp /mnt && umount /mnt && echo host'`,
    );
    expect(output.split('\n')).toEqual(['privileged', 'host']);
  });

  test('limits, with the kill of one that takes too much memory', async () => {
    const output = await outputOf(
      `docker run --name greedy -m 32m --memory-swap 32m lab/bb tail /dev/zero > /dev/null 2>&1 || true
       docker inspect --format '{{.State.OOMKilled}} {{.State.ExitCode}}' greedy; docker rm greedy > /dev/null
       docker run --rm --cpus 0.5 --pids-limit 20 --ulimit nofile=100:200 --ulimit core=1000 lab/bb sh -c 'ulimit -n'`,
    );
    expect(output.split('\n')).toEqual(['true 137', '100']);
  });

  test('builds with BuildKit and the older builder, Compose, published ports, networks', async () => {
    const output = await outputOf(
      `mkdir -p /tmp/build; cd /tmp/build
       printf 'FROM lab/bb\\nRUN echo built > /file && chown 1000:1000 /file\\nUSER 1000\\nCMD ["cat", "/file"]\\n' > Dockerfile
       docker build --quiet --tag newer . > /dev/null; docker run --rm newer
       DOCKER_BUILDKIT=0 docker build --quiet --no-cache --tag older . > /dev/null 2>&1; docker run --rm older
       printf 'services:\\n  web:\\n    image: lab/bb\\n    command: httpd -f -p 80\\n    ports: ["8099:80"]\\n    cap_drop: [ALL]\\n    cap_add: [NET_BIND_SERVICE]\\n' > compose.yaml
       docker compose up --detach > /dev/null 2>&1; docker compose ps --format '{{.State}}'
       for i in $(seq 50); do code=$(curl --silent --output /dev/null --write-out '%{http_code}' http://127.0.0.1:8099/) && break; sleep 0.1; done; echo "$code"
       docker compose down --timeout 0 > /dev/null 2>&1`,
    );
    expect(output.split('\n')).toEqual(['built', 'built', 'running', '404']);
  });

  test('tracing, in a container that may and on the Docker host', async () => {
    const trace = 'strace --follow-forks --output /dev/null true && echo traced';
    const output = await outputOf(`docker run --rm --cap-add SYS_PTRACE -v /:/host lab/bb chroot /host sh -c '${trace}'; ${trace}`);
    expect(output.split('\n')).toEqual(['traced', 'traced']);
  });

  test('volumes that are read-only all the way down', async () => {
    const output = await outputOf(
      `mkdir -p /tmp/outer/inner; mount -t tmpfs none /tmp/outer/inner
       docker run --rm -v /tmp/outer:/v lab/bb touch /v/inner/file && echo written
       docker run --rm -v /tmp/outer:/v:ro lab/bb touch /v/inner/file 2>&1 || true
       umount /tmp/outer/inner`,
    );
    expect(output.split('\n')).toEqual(['written', 'touch: /v/inner/file: Read-only file system']);
  });

  test('user namespaces inside, after a restart of the nested engine', async () => {
    const output = await outputOf(
      `mkdir -p /tmp/own /etc/docker; cd /tmp/own; cp /usr/lib/schott/probe/busybox . 2> /dev/null || cp "$(command -v busybox)" busybox
       echo '{"userns-remap": "default"}' > /etc/docker/daemon.json; systemctl restart docker
       for i in $(seq 200); do docker info > /dev/null 2>&1 && break; sleep 0.1; done
       printf 'FROM scratch\\nCOPY busybox /bin/cat\\n' > Dockerfile; docker build --quiet --tag own . > /dev/null
       docker run --rm own cat /proc/self/uid_map`,
    );
    expect(output.trim().split(/\s+/)).toEqual(['0', '100000', '65536']);
  });
});

test("a crash in a sandbox starts no program of the machine's core_pattern", async () => {
  const setting = '/proc/sys/kernel/core_pattern';
  const before = await readFile(setting, 'utf8');
  const folder = await mkdtemp(join(tmpdir(), 'schott-core-'));
  const dumps = async (): Promise<string[]> => (await readFile(join(folder, 'dumps'), 'utf8').catch(() => '')).split('\n').filter(Boolean);
  try {
    const collector = join(folder, 'collect');
    await writeFile(collector, `#!/bin/sh\necho "$1" >> ${folder}/dumps\n`);
    await chmod(collector, 0o755);
    await writeFile(setting, `|${collector} %e`);
    const crash = (name: string): string =>
      `cp "$(command -v sleep)" /tmp/${name}; ulimit -S -c 0; for i in 1 2 3; do /tmp/${name} 60 & sleep 0.2; kill -SEGV $!; done; wait; rm /tmp/${name}`;
    await sandbox.run(crash('inside'));
    await sandbox.run(`prlimit --core=0:0 --pid $$; ${crash('insistent')}`);
    await sandbox.runOnAttacker(crash('attacker'));
    await run('bash', ['-c', crash('outside')]);
    for (let tries = 0; tries < 50 && (await dumps()).length < 3; tries++) await sleep(100);
    await sleep(300);
    expect(new Set(await dumps())).toEqual(new Set(['outside']));
  } finally {
    await writeFile(setting, before);
    await rm(folder, { recursive: true, force: true });
  }
});
