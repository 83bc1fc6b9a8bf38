import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConnectionFailed } from '#lab';
import type { Check, HttpRequest, Lab } from '#lab';
import { runChecks } from './checker/run-checks.ts';
import { labels } from './engine/labels.ts';
import { boxOptions } from './engine/sandbox-container.ts';
import { toolHashesOf } from './images/base-image.ts';
import { reapOrphans } from './keeper/reaper.ts';
import { emptyLab } from './testing/empty-lab.ts';
import { openTestBench, type TestBench, type TestSandbox } from './testing/test-bench.ts';

let bench: TestBench;
/** For all tests that leave it as they found it. */
let shared: TestSandbox;

beforeAll(async () => {
  bench = await openTestBench();
  shared = await bench.startSandbox();
  await prepare(shared);
});
afterAll(async () => {
  await shared?.[Symbol.asyncDispose]();
  await bench?.[Symbol.asyncDispose]();
});

/** A user with a second group, an image of a busybox that serves /www, and a container of it that comes back after a restart of the engine. */
async function prepare(sandbox: TestSandbox): Promise<void> {
  const { exitCode, output } = await sandbox.run(`set -e
    groupadd --gid 7001 ship && groupadd --gid 7002 crew && useradd --uid 7000 --gid 7001 --groups 7002 --create-home deploy
    mkdir -p /srv/web/www && cd /srv/web
    cp /usr/lib/schott/probe/busybox . && echo hello > www/index.html
    printf 'FROM scratch\\nCOPY busybox /bin/busybox\\nCOPY www /www\\nENTRYPOINT ["/bin/busybox"]\\n' > Dockerfile
    docker build --quiet --tag lab/web . > /dev/null
    docker run --detach --name web --label lab.role=web --restart always --stop-timeout 1 --publish 8080:80 lab/web httpd -f -p 80 -h /www`);
  if (exitCode !== 0) throw new Error(`Cannot prepare the sandbox: ${output}`);
}

const run =
  (script: string, options?: { user?: string; timeoutMs?: number }): Check<Lab> =>
  async ({ sandbox }) => {
    const { exitCode, output } = await sandbox.runOnHost(script, options);
    return [`${exitCode} ${output.trim()}`.trim()];
  };

test('a script runs on the Docker host as root, or as a user with the groups of its own files', async () => {
  expect(await shared.judge(run('id -u; id -G; pwd'))).toMatchObject({ passed: true, evidence: ['0 0 0 /root'] });
  for (const user of ['deploy', '7000'])
    expect(await shared.judge(run('id -u; id -g; id -G; pwd; echo $HOME', { user }))).toMatchObject({
      passed: true,
      evidence: ['0 7000 7001 7001 7002 /home/deploy /home/deploy'],
    });
  expect((await shared.judge(run('true', { user: 'nobody-here' }))).evidence[0]).toMatch(/^1 .*unknown user/);
});

test('what does not end in time is ended with all it has started, and so is what hides from its parent', async () => {
  const script = 'setsid sleep 4711 & (trap "" TERM; sleep 4711) & sleep 4711';
  const begin = performance.now();
  const verdict = await shared.judge(run(script, { timeoutMs: 800 }));
  expect(verdict.evidence).toEqual(['124']);
  expect(performance.now() - begin).toBeLessThan(6000);
  expect((await shared.run('pgrep -fx "sleep 4711" | wc -l')).output.trim()).toBe('0');
});

test('the change of the user is done by the program that came with the host, or not at all', async () => {
  const probe = '/usr/lib/schott/probe/busybox';
  await shared.run(`cp ${probe} /srv/kept && cat /bin/true > /srv/other && mv -f /srv/other ${probe}`);
  const verdict = await shared.judge(run('id -u', { user: 'deploy' }));
  await shared.run(`cp /srv/kept ${probe}.new && mv -f ${probe}.new ${probe}`);
  expect(verdict).toMatchObject({ passed: false, messageId: 'tools-changed' });
  expect(await shared.judge(run('id -u', { user: 'deploy' }))).toMatchObject({ passed: true });
});

const query = { label: 'web', port: 8080 };

test('the engine is restarted, and roles are looked up anew', async () => {
  const verdict = await shared.judge(async ({ sandbox }) => {
    const before = await sandbox.role(query);
    await before.twin('true');
    const dockerd = async () => (await sandbox.processes()).filter(({ comm }) => comm === 'dockerd').map(({ pids }) => pids[0]);
    const [pid] = await dockerd();
    await sandbox.restartEngine();
    const after = await sandbox.role(query);
    const { status, answeredByContainer } = await after.http({ path: '/' });
    return [`${after.startedAt > before.startedAt} ${(await dockerd()).includes(pid ?? 0)} ${status} ${answeredByContainer}`];
  }, 60);
  expect(verdict).toMatchObject({ passed: true, evidence: ['true false 200 true'] });
});

test('one container is restarted, and one that is gone is called missing', async () => {
  const verdict = await shared.judge(async ({ sandbox }) => {
    const before = await sandbox.role(query);
    await sandbox.restartContainer(before.id);
    const after = await sandbox.role(query);
    return [`${after.id === before.id} ${after.startedAt > before.startedAt}`];
  }, 30);
  expect(verdict).toMatchObject({ passed: true, evidence: ['true true'] });
  expect(await shared.judge(async ({ sandbox }) => (await sandbox.restartContainer('no-such'), []))).toMatchObject({ messageId: 'role-missing' });
});

test('an engine that does not come back is called down', async () => {
  await shared.run('cp /etc/docker/daemon.json /srv/ 2> /dev/null; echo "{" > /etc/docker/daemon.json');
  const verdict = await shared.judge(async ({ sandbox }) => (await sandbox.restartEngine(5000), []), 30);
  await shared.run('if [ -e /srv/daemon.json ]; then cp /srv/daemon.json /etc/docker/; else rm /etc/docker/daemon.json; fi; systemctl restart docker');
  expect(verdict).toMatchObject({ passed: false, messageId: 'engine-down', evidence: [expect.stringMatching(/within 5 s/), expect.any(String)] });
});

const boxes = async () => (await bench.place.engine.listContainers({ all: true, filters: { label: [`${labels.kind}=box`] } })).length;

test('a box runs programs of the image as nobody, sees neither network nor sandbox, and is gone afterwards', async () => {
  const script = `id -u; id -G; ls -A; cat a/in.txt; ls -d /srv/web /run/docker.sock 2>&1 | grep -c 'No such'
    ls /sys/class/net; grep -E '^(CapEff|NoNewPrivs|Seccomp):' /proc/self/status`;
  const verdict = await shared.judge(async ({ sandbox }) => {
    const first = await sandbox.runInBox(['sh', '-c', 'sleep 1000 & touch /tmp/left /box/left; exit 3'], { files: { 'secret.txt': 'x' } });
    const second = await sandbox.runInBox(['sh', '-c', `${script}; ls /tmp; pgrep -c -r S sleep`], { files: { 'a/in.txt': 'content\n' } });
    return [`${first.exitCode}`, ...second.output.trim().split('\n'), `${await boxes()} box`];
  });
  expect(verdict.evidence).toEqual(['3', '65534', '65534', 'a', 'content', '2', 'lo', 'CapEff: 0000000000000000', 'NoNewPrivs: 1', 'Seccomp: 2', '1', '1 box']);
  expect(await boxes()).toBe(0);
});

test('a box gets an image as docker save gives it, and what does not end in it proves nothing', async () => {
  const verdict = await shared.judge(async ({ sandbox }) => {
    const { output } = await sandbox.runInBox(['sh', '-c', 'tar -xOf image.tar manifest.json'], { image: 'lab/web' });
    return [output];
  });
  expect(verdict.evidence[0]).toContain('lab/web:latest');
  const endless = await shared.judge(async ({ sandbox }) => [(await sandbox.runInBox(['sleep', '100'], { timeoutMs: 500 })).output]);
  expect(endless).toMatchObject({ passed: false, state: 'inconclusive', messageId: 'box-failed' });
  const missing = await shared.judge(async ({ sandbox }) => [(await sandbox.runInBox(['true'], { image: 'lab/none' })).output]);
  expect(missing).toMatchObject({ passed: false, messageId: 'role-missing' });
  expect(await boxes()).toBe(0);
});

test('the box of a dead process is reaped, that of a living one is not', async () => {
  const { engine } = bench.place;
  const { Image } = await shared.parts.dockerHost.inspect();
  const living = await shared.parts.startBox(60);
  const orphan = await engine.createContainer(boxOptions(Image, shared.parts.id, 'cli:4194305', 60));
  await orphan.start();
  await reapOrphans(bench.place);
  const left = (await engine.listContainers({ all: true })).map(({ Id }) => Id);
  expect([living.id, orphan.id, shared.parts.dockerHost.id].map((id) => left.includes(id))).toEqual([true, false, true]);
  await living.remove({ force: true });
});

test('HTTP over TLS trusts whom it is told to trust, shows a certificate, and says why it fails', async () => {
  const { output } = await shared.run(`mkdir -p /srv/tls && cd /srv/tls && exec 2> /dev/null
    for name in ca other; do openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=$name -keyout $name.key -out $name.pem; done
    openssl req -newkey rsa:2048 -nodes -subj /CN=server -keyout server.key -out server.csr
    printf 'subjectAltName=DNS:registry.lab' > san
    openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -days 2 -extfile san -out server.pem
    openssl s_server -accept 8443 -cert server.pem -key server.key -www > /dev/null < /dev/null &
    openssl s_server -accept 8444 -cert server.pem -key server.key -CAfile ca.pem -Verify 1 -verify_return_error -www > /dev/null < /dev/null &
    sleep 0.5; cat ca.pem; echo ===; cat other.pem; echo ===; cat ca.key`);
  const [ca = '', other = '', key = ''] = output.split('===\n');
  const verdict = await shared.judge(async ({ sandbox }) => {
    const status = async (port: number, tls: NonNullable<HttpRequest['tls']>) => {
      try {
        return String((await sandbox.http({ port, path: '/', tls })).status);
      } catch (error) {
        return error instanceof ConnectionFailed ? error.message.replace(/^[^ ]+ /, '') : `wrong error: ${String(error)}`;
      }
    };
    return [
      await status(8443, {}),
      await status(8443, { ca, name: 'registry.lab' }),
      await status(8443, { ca, name: 'elsewhere.lab' }),
      await status(8443, { ca, name: 'server' }),
      await status(8443, { ca: other }),
      await status(8444, { ca, certificate: ca, key }),
      await status(8444, { ca }),
      await status(8080, {}),
    ];
  });
  expect(verdict.evidence).toEqual([
    '200',
    '200',
    expect.stringMatching(/is not for elsewhere\.lab/),
    expect.stringMatching(/is not for server/),
    expect.stringMatching(/certificate/),
    '200',
    expect.stringMatching(/certificate required|handshake|alert/i),
    expect.stringMatching(/TLS:/),
  ]);
});

test('the layers of an image show what a later one deletes, and the configuration what was built in', async () => {
  await shared.run(`cd /srv/web && echo s3cret > token
    printf 'FROM lab/web\\nCOPY token /token\\nRUN ["/bin/busybox","rm","/token"]\\nENV KEY=hidden\\n' > Leaky && docker build --quiet --tag lab/leaky --file Leaky . `);
  const verdict = await shared.judge(async ({ sandbox }) => {
    const image = await sandbox.image('lab/leaky');
    const seen: string[] = [];
    await image.walkLayers(async (file) => {
      if (file.path === '/token')
        seen.push(
          `${file.layer} ${Buffer.from(await file.read())
            .toString()
            .trim()}`,
        );
      if (file.path === '/.wh.token') seen.push(`${file.layer} deleted`);
      if (file.layer === 'config' && Buffer.from(await file.read()).includes('KEY=hidden')) seen.push('configured');
    });
    return [...new Set(seen.toSorted()), `${(await image.files()).some(({ path }) => path === '/token')}`];
  });
  expect(verdict.evidence).toEqual(['2 s3cret', '3 deleted', 'configured', 'false']);
});

test('a task that is judged on request is left out of a check that nobody asked for', async () => {
  const { lab, checks } = emptyLab(() => Promise.resolve(['seen']));
  const toolHashes = await toolHashesOf(bench.place.engine, bench.image);
  const request = {
    parts: shared.parts,
    lab: { ...lab, tasks: { only: { ...lab.tasks['only']!, onRequest: true } } },
    checks,
    cgroup: shared.cgroup,
    toolHashes,
  };
  expect(await runChecks({ ...request, isFull: false })).toMatchObject({ passed: 0, tasks: [{ state: 'inconclusive', messageId: 'on-request' }] });
  expect(await runChecks({ ...request, isFull: true })).toMatchObject({ passed: 1, tasks: [{ state: 'passed' }] });
});

test('shells that never end do not keep the checker', async () => {
  // The last test: nothing is started in this sandbox any more.
  await shared.run(`printf '#!/usr/lib/schott/probe/sh\\ntrap "" TERM\\nwhile :; do /usr/lib/schott/probe/sleep 1; done\\n' > /srv/never && chmod 755 /srv/never
    for program in timeout bash; do ln -sf /srv/never /srv/link && mv -f /srv/link /usr/bin/$program; done`);
  const begin = performance.now();
  expect((await shared.judge(run('echo done', { timeoutMs: 1000 }))).evidence).toEqual(['124']);
  expect((await shared.judge(run('echo done', { user: 'deploy', timeoutMs: 1000 }))).evidence).toEqual(['124']);
  expect(performance.now() - begin).toBeLessThan(15_000);
  expect(
    await shared.judge(async ({ sandbox }) => (await sandbox.processes()).filter(({ comm }) => comm === 'never').map(({ commandLine }) => commandLine)),
  ).toMatchObject({
    evidence: [],
  });
});
