import { access } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Check, Lab } from '#lab';
import { openTestBench, type TestBench, type TestSandbox } from './testing/test-bench.ts';

let bench: TestBench;

beforeAll(async () => {
  bench = await openTestBench();
});
afterAll(() => bench?.[Symbol.asyncDispose]());

/** The least a check can ask: does the nested engine answer at all? Passes whenever nothing stands in the way. */
const easy: Check<Lab> = async ({ sandbox }) => [`${(await sandbox.containers()).length} containers`];

/** What a copy of the service's container prints. */
const twinSays =
  (script: string): Check<Lab> =>
  async ({ sandbox }) => {
    const role = await sandbox.role({ label: 'service' });
    return (await role.twin(script)).output.trim().split('\n');
  };

const whoAnswers: Check<Lab> = async ({ sandbox }) => {
  const role = await sandbox.role({ label: 'service', port: 8080 });
  const { status, body, answeredByContainer } = await role.http({ path: '/' });
  return [`${status} ${body.trim()} ${answeredByContainer}`];
};

async function runOrFail(sandbox: TestSandbox, script: string): Promise<string> {
  const { exitCode, output } = await sandbox.run(`set -e\n${script}`);
  if (exitCode !== 0) throw new Error(`Cannot set the sandbox up: exit status ${exitCode}\n${output}`);
  return output;
}

/** Passes before and gets `messageId` after `script`: the change, and nothing else, is what the checker objects to. */
async function expectObjection(script: string, messageId: string, evidence: RegExp): Promise<void> {
  await using sandbox = await bench.startSandbox();
  expect(await sandbox.judge(easy)).toMatchObject({ passed: true });
  await runOrFail(sandbox, script);
  const verdict = await sandbox.judge(easy);
  expect(verdict).toMatchObject({ passed: false, messageId });
  expect(verdict.evidence.join('\n')).toMatch(evidence);
}

test('an engine that was stopped is called down', async () => {
  await expectObjection('systemctl stop docker', 'engine-down', /ECONNREFUSED|ENOENT/);
});

test('another program that listens at docker.sock is not believed', async () => {
  await expectObjection(
    `systemctl stop docker
     rm -f /run/docker.sock
     nc -klU /run/docker.sock > /dev/null 2>&1 < /dev/null &
     while [ ! -S /run/docker.sock ]; do sleep 0.05; done`,
    'tools-changed',
    /not this host's dockerd/,
  );
});

test('a link from docker.sock to another listener is followed, and the listener not believed', async () => {
  await expectObjection(
    `nc -klU /srv/fake.sock > /dev/null 2>&1 < /dev/null &
     while [ ! -S /srv/fake.sock ]; do sleep 0.05; done
     ln -sfn /srv/fake.sock /run/docker.sock`,
    'tools-changed',
    /not this host's dockerd/,
  );
});

test("a docker.sock that links to the machine's engine stays inside the sandbox", async () => {
  await using sandbox = await bench.startSandbox();
  const { engineSocket } = bench.place.instance;
  await access(engineSocket);
  await runOrFail(sandbox, 'mv /run/docker.sock /run/genuine.sock');
  for (const target of [engineSocket, `/proc/1/root${engineSocket}`, `/proc/self/root${engineSocket}`, `/proc/self/cwd${engineSocket}`]) {
    await runOrFail(sandbox, `ln -sfn ${target} /run/docker.sock`);
    const verdict = await sandbox.judge(easy);
    expect(verdict).toMatchObject({ passed: false, messageId: 'engine-down', evidence: [expect.stringMatching(/ENOENT|EACCES/)] });
  }
  // A link alone is no offence: the genuine engine is found behind it.
  await runOrFail(sandbox, 'ln -sfn /run/genuine.sock /run/docker.sock');
  expect(await sandbox.judge(easy)).toMatchObject({ passed: true });
});

test('an engine that takes connections and never answers is called down in time', async () => {
  await expectObjection('pkill -STOP -x dockerd', 'engine-down', /no answer/);
});

test('a dockerd with a library of the learner in it is not believed', async () => {
  await expectObjection(
    `systemctl stop docker
     LD_PRELOAD=/lib/x86_64-linux-gnu/libm.so.6 dockerd --containerd=/run/containerd/containerd.sock > /dev/null 2>&1 < /dev/null &
     until curl --silent --fail --output /dev/null --unix-socket /run/docker.sock http://localhost/_ping; do sleep 0.1; done`,
    'tools-changed',
    /foreign library/,
  );
});

test('a socket that dockerd shares with a program too large to be looked at is not believed', async () => {
  // The one who listens hands its socket to a program of its own, and becomes the genuine dockerd, which asks nobody for it.
  await expectObjection(
    `cp /usr/lib/schott/probe/busybox /srv/sleep && truncate -s 600M /srv/sleep
     systemctl stop docker
     perl -MSocket -e '
       use Fcntl;
       $^F = 10;
       socket my $server, AF_UNIX, SOCK_STREAM, 0; bind $server, pack_sockaddr_un("/run/docker.sock") or die; listen $server, 5;
       if (!fork) { exec "/srv/sleep", "1000" }
       exec "/usr/sbin/dockerd", "--host=unix:///run/other.sock", "--containerd=/run/containerd/containerd.sock"' > /dev/null 2>&1 < /dev/null &
     until curl --silent --fail --output /dev/null --unix-socket /run/other.sock http://localhost/_ping; do sleep 0.1; done`,
    'tools-changed',
    /is not this host's dockerd/,
  );
});

test('a dockerd that was patched is not believed, also under its own name', async () => {
  await expectObjection(
    `systemctl stop docker
     mkdir /opt/patched
     cp /usr/sbin/dockerd /opt/patched/dockerd
     echo >> /opt/patched/dockerd
     /opt/patched/dockerd --containerd=/run/containerd/containerd.sock > /dev/null 2>&1 < /dev/null &
     until curl --silent --fail --output /dev/null --unix-socket /run/docker.sock http://localhost/_ping; do sleep 0.1; done`,
    'tools-changed',
    /calls itself dockerd/,
  );
});

test('a library that is loaded into every program is objected to', async () => {
  await expectObjection('touch /etc/ld.so.preload', 'tools-changed', /ld\.so\.preload/);
});

test('something mounted over the programs of the system is objected to', async () => {
  await expectObjection('mount --bind /usr/sbin /usr/sbin', 'tools-changed', /mounted over the system: .* on \/usr\/sbin/);
});

test('something mounted over /proc is objected to', async () => {
  await expectObjection('mount -t tmpfs none /proc', 'tools-changed', /mounted over the system/);
});

test("a copy of a container whose shell is not the checker's proves nothing", async () => {
  await using sandbox = await bench.startSandbox();
  await runOrFail(sandbox, 'docker run --detach --label lab.role=service lab/bb sleep 1000');
  expect(await sandbox.judge(twinSays('echo hello'))).toMatchObject({ passed: true, evidence: ['hello'] });
  await runOrFail(sandbox, 'cp /usr/lib/schott/probe/busybox /srv/patched && echo >> /srv/patched && cp /srv/patched /usr/lib/schott/probe/busybox');
  expect(await sandbox.judge(twinSays('echo hello'))).toMatchObject({ passed: false, state: 'inconclusive', messageId: 'tools-changed' });
});

test('a copy with narrower bounds than the original proves nothing about it', async () => {
  await using sandbox = await bench.startSandbox();
  await runOrFail(sandbox, 'docker run --detach --label lab.role=service lab/bb sleep 1000');
  expect(await sandbox.judge(twinSays('echo hello'))).toMatchObject({ passed: true });
  await runOrFail(
    sandbox,
    String.raw`cd /usr/lib/schott/probe && rm busybox && printf '#!/bin/busybox sh\nexec /bin/busybox setpriv --nnp /bin/busybox sh\n' > busybox && chmod 755 busybox`,
  );
  expect(await sandbox.judge(twinSays('echo hello'))).toMatchObject({ passed: false, state: 'inconclusive', messageId: 'twin-narrower' });
});

test('a copy can be made of containers of every kind', async () => {
  await using sandbox = await bench.startSandbox();
  const kinds: ReadonlyArray<readonly [options: string, script: string, says: string[]]> = [
    ['--read-only', 'touch /new 2> /dev/null || echo read-only', ['read-only']],
    ['--user 1234:5678', 'id -u; id -g', ['1234', '5678']],
    ['--user 1234 --group-add 77', 'id -G', ['0 77']],
    [
      '--read-only --user 65534 --cap-drop ALL --security-opt no-new-privileges',
      'grep -E "CapEff|NoNewPrivs" /proc/self/status | cut -f 2',
      ['0000000000000000', '1'],
    ],
    ['--pid host', 'tr "\\0" " " < /proc/1/cmdline', ['/usr/bin/tini -- /usr/lib/schott/init']],
    ['--network host', 'hostname', ['dockerhost']],
    ['--network none', 'ls /sys/class/net', ['lo']],
    ['--privileged', 'mount -t tmpfs none /tmp && echo mounted', ['mounted']],
    ['--memory 32m --pids-limit 20', 'echo small', ['small']],
    ['--init', 'echo ours', ['ours']],
    ['--volume /srv/data:/data', 'cat /data/file', ['content']],
    ['--tmpfs /scratch --workdir /scratch', 'pwd', ['/']],
  ];
  await runOrFail(sandbox, 'mkdir /srv/data && echo content > /srv/data/file');
  for (const [options, script, says] of kinds) {
    await runOrFail(sandbox, `docker run --detach --name service --label lab.role=service ${options} lab/bb sleep 1000`);
    expect([options, await sandbox.judge(twinSays(script))]).toMatchObject([options, { passed: true, evidence: says }]);
    const { output } = await sandbox.run('docker ps --all --format "{{.Names}}"; docker rm --force service > /dev/null');
    expect(output.trim()).toBe('service');
  }
});

test('a copy can be made when the nested engine maps its users', async () => {
  await using sandbox = await bench.startSandbox();
  await runOrFail(
    sandbox,
    `docker save lab/bb > /srv/bb.tar
     echo '{ "userns-remap": "default" }' > /etc/docker/daemon.json
     systemctl restart docker
     docker load --quiet < /srv/bb.tar
     docker run --detach --label lab.role=service lab/bb sleep 1000`,
  );
  expect(await sandbox.judge(twinSays('id -u; cat /proc/self/uid_map | tr -s " "'))).toMatchObject({
    passed: true,
    evidence: ['0', expect.stringMatching(/^ ?0 100000 65536$/)],
  });
});

test('the role is found by label, port or image; none and two are told apart', async () => {
  await using sandbox = await bench.startSandbox();
  const find: Check<Lab> = async ({ sandbox: view }) => [(await view.role({ label: 'service', port: 8080, image: 'lab/service' })).name];
  expect(await sandbox.judge(find)).toMatchObject({ passed: false, messageId: 'role-missing' });
  for (const options of ['--label lab.role=service lab/bb', '--publish 8080:80 lab/bb', 'lab/service', '--network host lab/bb httpd -f -p 8080']) {
    await runOrFail(
      sandbox,
      `docker images --quiet lab/service | grep -q . || printf 'FROM lab/bb\\nRUN touch /service\\n' | docker build --quiet --network none --tag lab/service - > /dev/null
       docker run --detach --name one ${options} ${options.includes('httpd') ? '' : 'sleep 1000'}
       sleep 0.3`,
    );
    expect([options, await sandbox.judge(find)]).toMatchObject([options, { passed: true, evidence: ['one'] }]);
    await runOrFail(sandbox, 'docker run --detach --name two --label lab.role=service lab/bb sleep 1000');
    expect(await sandbox.judge(find)).toMatchObject({ passed: false, messageId: 'role-twice' });
    await runOrFail(sandbox, 'docker stop --time 0 two > /dev/null');
    expect(await sandbox.judge(find)).toMatchObject({ passed: true, evidence: ['one'] });
    await runOrFail(sandbox, 'docker rm --force one two');
  }
});

test('a process on the Docker host that answers on the port is not taken for the container', async () => {
  await using sandbox = await bench.startSandbox();
  await runOrFail(
    sandbox,
    `mkdir -p /srv/www && echo hello > /srv/www/index.html
     docker run --detach --name service --label lab.role=service --volume /srv/www:/www lab/bb httpd -f -p 80 -h /www
     busybox httpd -p 8080 -h /srv/www`,
  );
  expect(await sandbox.judge(whoAnswers)).toMatchObject({ passed: true, evidence: ['200 hello false'] });
});

test("a container is known to have answered: behind the engine's address translation, its proxy, and on the host's network", async () => {
  await using sandbox = await bench.startSandbox();
  await runOrFail(sandbox, 'mkdir -p /srv/www && echo hello > /srv/www/index.html');
  const serve = (options: string, port: number): string =>
    `docker run --detach --name service --label lab.role=service --volume /srv/www:/www ${options} lab/bb httpd -f -p ${port} -h /www && sleep 0.3`;
  await runOrFail(sandbox, serve('--publish 8080:80', 80));
  expect(await sandbox.judge(whoAnswers)).toMatchObject({ evidence: ['200 hello true'] });
  await runOrFail(sandbox, `docker rm --force service && ${serve('--network host', 8080)}`);
  expect(await sandbox.judge(whoAnswers)).toMatchObject({ evidence: ['200 hello true'] });
  await runOrFail(
    sandbox,
    `docker rm --force service
     echo '{ "iptables": false }' > /etc/docker/daemon.json
     systemctl restart docker
     iptables --table nat --flush
     ${serve('--publish 8080:80', 80)}`,
  );
  expect(await sandbox.judge(whoAnswers)).toMatchObject({ evidence: ['200 hello true'] });
});

test('a container that passes connections on to another is not taken for the one that answers', async () => {
  await using sandbox = await bench.startSandbox();
  await runOrFail(
    sandbox,
    `mkdir -p /srv/www && echo hello > /srv/www/index.html
     docker run --detach --name service --label lab.role=service lab/bb sleep 1000
     docker run --detach --name other --volume /srv/www:/www lab/bb httpd -f -p 80 -h /www
     iptables --table nat --insert PREROUTING --protocol tcp --dport 8080 --jump DNAT --to-destination $(docker inspect --format '{{.NetworkSettings.IPAddress}}' other):80
     iptables --insert FORWARD --jump ACCEPT`,
  );
  expect(await sandbox.judge(whoAnswers)).toMatchObject({ evidence: ['200 hello false'] });
});

test('a check that goes on for ever ends as inconclusive', async () => {
  await using sandbox = await bench.startSandbox();
  const endless: Check<Lab> = async ({ sandbox: view }) => {
    await view.sleep(40_000);
    return ['this is too late'];
  };
  expect(await sandbox.judge(endless)).toMatchObject({ passed: false, state: 'inconclusive', messageId: 'timed-out' });
});
