import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureLabImage } from './images/lab-image.ts';
import { openTestBench, type TestBench, type TestSandbox } from './testing/test-bench.ts';

let bench: TestBench;
let image: string;

/** runc with something behind its end: another program to a hash, the same to whoever runs it. */
const makeNewRunc = "cp /usr/lib/schott/programs/runc /srv/new-runc && echo 'edition 2' >> /srv/new-runc";

beforeAll(async () => {
  bench = await openTestBench();
  image = await bakeWithReplacement();
});
afterAll(() => bench?.[Symbol.asyncDispose]());

test('a lab’s own edition of runc may run in its sandboxes, also in the place of the link to the base image’s', async () => {
  await using sandbox = await bench.startSandbox(image);
  await sandbox.run('cp /srv/new-runc /usr/sbin/runc.new && mv /usr/sbin/runc.new /usr/sbin/runc');
  expect((await sandbox.run('docker run --rm lab/bb echo alive; runc --version | head -n 1')).output).toMatch(/^alive\nrunc version /);
  expect(await judgeWith(sandbox, '/usr/sbin/runc')).toMatchObject({ passed: true });
});

test.each([
  ['changed once more', 'cp /srv/new-runc /srv/own/runc && echo 3 >> /srv/own/runc', 'runc'],
  ['under the name of another tool', 'cp /srv/new-runc /srv/own/dockerd', 'dockerd'],
  [
    'named by a list of the learner’s own',
    'cp /bin/busybox /srv/own/runc && sha256sum /srv/own/runc | sed "s/\\(.*\\)  .*/runc \\1/" > /bake/replacements',
    'runc',
  ],
])('it is refused %s', async (_, script, name) => {
  await using sandbox = await bench.startSandbox(image);
  await sandbox.run(`mkdir -p /srv/own /bake && ${script}`);
  const isBusybox = script.includes('busybox');
  const verdict = isBusybox ? await judgeBusybox(sandbox) : await judgeWith(sandbox, `/srv/own/${name}`);
  expect(verdict).toMatchObject({ passed: false, messageId: 'tools-changed' });
  expect(verdict.evidence.join('\n')).toContain(`calls itself ${name}`);
});

test('in another lab it is a foreign program', async () => {
  await using sandbox = await bench.startSandbox();
  await sandbox.run(`${makeNewRunc} && mkdir /srv/own && mv /srv/new-runc /srv/own/runc`);
  expect(await judgeWith(sandbox, '/usr/sbin/runc')).toMatchObject({ passed: true });
  expect(await judgeWith(sandbox, '/srv/own/runc')).toMatchObject({ passed: false, messageId: 'tools-changed' });
});

/** The verdict of a check while this runc runs: it waits for a description of the container that nobody writes. */
async function judgeWith(sandbox: TestSandbox, program: string) {
  await sandbox.run(`rm -rf /srv/bundle && mkdir /srv/bundle && mkfifo /srv/bundle/config.json
    setsid ${program} --root /srv/state create --bundle /srv/bundle waits < /dev/null > /dev/null 2>&1 &
    sleep 0.3; kill -0 $!`);
  return sandbox.judge(() => Promise.resolve([]));
}

async function judgeBusybox(sandbox: TestSandbox) {
  await sandbox.run('ln -s /srv/own/runc /srv/own/sleep; setsid bash -c "exec -a sleep /srv/own/runc 60" < /dev/null > /dev/null 2>&1 & sleep 0.3');
  return sandbox.judge(() => Promise.resolve([]));
}

async function bakeWithReplacement(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'schott-replacement-'));
  try {
    await mkdir(join(folder, 'image'));
    const list = 'printf "runc %s\\n" "$(sha256sum < /srv/new-runc | cut -d " " -f 1)" > /bake/replacements';
    await writeFile(join(folder, 'image/bake.sh'), `set -e\n${makeNewRunc}\n${list}\n`);
    return await ensureLabImage(bench.place.engine, 'patches/replacement', folder, bench.image, () => undefined);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
