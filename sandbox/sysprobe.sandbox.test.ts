import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Check, Lab } from '#lab';
import { openTestBench, type TestBench, type TestSandbox } from './testing/test-bench.ts';

let bench: TestBench;

beforeAll(async () => {
  bench = await openTestBench();
});
afterAll(() => bench?.[Symbol.asyncDispose]());

/** What sysprobe says in a copy of the service's container. */
const reaches =
  (names: readonly string[], setuid = false): Check<Lab> =>
  async ({ sandbox }) => {
    const role = await sandbox.role({ label: 'service' });
    return Object.entries(await role.probe(names, { setuid })).map(([name, answer]) => `${name} ${answer}`);
  };

async function runOrFail(sandbox: TestSandbox, script: string): Promise<string> {
  const { exitCode, output } = await sandbox.run(`set -e\n${script}`);
  if (exitCode !== 0) throw new Error(`Cannot set the sandbox up: exit status ${exitCode}\n${output}`);
  return output;
}

test('what of the kernel a container reaches is asked in its copy', async () => {
  await using sandbox = await bench.startSandbox();
  const start = (options: string): Promise<string> => runOrFail(sandbox, `docker run --detach --label lab.role=service ${options} lab/bb sleep 1000`);
  const reach = async (...names: string[]): Promise<readonly string[]> => (await sandbox.judge(reaches(names))).evidence;
  await start('--name loose --user 1000 --security-opt seccomp=unconfined');
  expect(await reach('unshare-user', 'mount', 'socket-inet', 'ids')).toEqual([
    'unshare-user reachable (OK)',
    'mount reachable (EFAULT)',
    'socket-inet reachable (OK)',
    'ids uid 1000 effective 1000 saved 1000, gid 0 effective 0 saved 0, groups 0',
  ]);
  expect(await sandbox.judge(reaches(['ids'], true))).toMatchObject({ evidence: [expect.stringContaining('uid 1000 effective 0')] });
  await runOrFail(sandbox, 'docker rm --force loose');
  await start('--name tight --user 1000 --read-only --network none --security-opt no-new-privileges --cap-drop ALL');
  expect(await reach('unshare-user', 'mount', 'socket-inet')).toEqual(['unshare-user blocked (EPERM)', 'mount blocked (EPERM)', 'socket-inet reachable (OK)']);
  expect(await sandbox.judge(reaches(['ids'], true))).toMatchObject({ evidence: [expect.stringContaining('uid 1000 effective 1000')] });
});

test('a sysprobe that was replaced, or put into bounds of its own first, is not believed', async () => {
  await using sandbox = await bench.startSandbox();
  await runOrFail(
    sandbox,
    'cd /usr/lib/schott/probe && cp sysprobe genuine && docker run --detach --label lab.role=service --security-opt seccomp=unconfined lab/bb sleep 1000',
  );
  const replaceWith = (script: string): Promise<string> =>
    runOrFail(sandbox, `cat > /srv/new <<'END'\n#!/bin/sh\nhere=\${0%/*}\n${script}\nEND\nchmod 755 /srv/new && mv /srv/new /usr/lib/schott/probe/sysprobe`);
  expect(await sandbox.judge(reaches(['mount']))).toMatchObject({ passed: true, evidence: ['mount reachable (EFAULT)'] });
  const lies = {
    'a script of its own': `echo 'mount: blocked (EPERM)'; echo "held $2"; read line`,
    'a script that answers and becomes the genuine one': `echo 'mount: blocked (EPERM)'; exec $here/genuine "$@"`,
    'a script that answers and becomes the genuine one without a voice': `echo 'mount: blocked (EPERM)'; echo "held $2"; exec $here/genuine "$@" > /dev/null`,
    'a script that asks the genuine one for less': `echo 'mount: blocked (EPERM)'; exec $here/genuine --hold "$2"`,
    'a script with the genuine one in the background': `echo 'mount: blocked (EPERM)'; echo "held $2"; exec 3<&0; (exec $here/genuine "$@" <&3 > /dev/null) & exit 0`,
    'the genuine one without the right to gain rights': `exec setpriv --nnp $here/genuine "$@"`,
    'the genuine one in a namespace of its own': `exec unshare -U $here/genuine "$@"`,
  };
  for (const [name, script] of Object.entries(lies)) {
    await replaceWith(script);
    expect([name, await sandbox.judge(reaches(['mount']))]).toMatchObject([name, { state: 'inconclusive', messageId: 'tools-changed' }]);
  }
  await runOrFail(sandbox, 'cd /usr/lib/schott/probe && rm sysprobe && cp genuine sysprobe && echo >> sysprobe');
  expect(await sandbox.judge(reaches(['mount']))).toMatchObject({ passed: false, messageId: 'tools-changed' });
});
