import { afterAll, beforeAll, expect, test } from 'vitest';
import { reviewedOn } from '#lab/trivy/vulnerability-database.ts';
import { bakeIngredients } from '../testing/bake-ingredients.ts';
import { openTestBench, type TestBench, type TestSandbox } from '../testing/test-bench.ts';

let bench: TestBench;
let sandbox: TestSandbox;

/** An image with the status of one package of Debian 13 that has no fix, one npm package that has, and a key that should not be there. */
const image = `
  mkdir -p /srv/image/node_modules/ejs /srv/image/etc /srv/image/var/lib/dpkg && cd /srv/image
  echo 13.2 > etc/debian_version
  dpkg --status runc > var/lib/dpkg/status
  echo '{ "name": "ejs", "version": "3.1.6" }' > node_modules/ejs/package.json
  printf 'AWS_KEY=AKIA%s\\n' 'IOSFODNN7EXBMQLE' > config.env
  printf 'FROM lab/bb\\nCOPY . /\\n' | tee Dockerfile | docker build -q -t scanned -f - .`;

beforeAll(async () => {
  bench = await openTestBench();
  sandbox = await bench.startSandbox(await bakeIngredients(bench, ['trivy']));
  const build = await sandbox.run(image);
  if (build.exitCode !== 0) throw new Error(`Cannot build the image to scan: ${build.output}`);
});
afterAll(async () => {
  await sandbox?.[Symbol.asyncDispose]();
  await bench?.[Symbol.asyncDispose]();
});

test('Trivy finds what the database knows, in packages of Debian and of npm', async () => {
  expect(await findings('--scanners vuln')).toEqual([
    'CVE-2022-29078 ejs 3.1.6 CRITICAL fixed',
    'CVE-2024-33883 ejs 3.1.6 MEDIUM fixed',
    expect.stringMatching(/^CVE-2025-31133 runc 1\.1\.15.* HIGH affected$/),
    expect.stringMatching(/^CVE-2025-52565 runc/),
    expect.stringMatching(/^CVE-2025-52881 runc/),
  ]);
  expect(await findings('--scanners vuln --ignore-unfixed --severity CRITICAL')).toEqual(['CVE-2022-29078 ejs 3.1.6 CRITICAL fixed']);
});

test('the exit code tells, where it is asked to', async () => {
  const code = async (options: string): Promise<number> => (await trivy(`image --scanners vuln -q ${options} scanned`)).exitCode;
  expect(await code('')).toBe(0);
  expect(await code('--exit-code 3 --severity CRITICAL')).toBe(3);
  expect(await code('--exit-code 3 --severity HIGH --ignore-unfixed')).toBe(0);
  expect((await trivy('image --scanners vuln -q no-such-image')).exitCode).not.toBe(0);
});

test('it finds a secret in a layer and a mistake in a Dockerfile', async () => {
  expect((await trivy('image --scanners secret scanned')).output).toContain('aws-access-key-id');
  expect((await trivy('config /srv/image')).output).toContain('ds002');
});

test('its database says of which day it is', async () => {
  expect((await trivy('version')).output).toContain(`UpdatedAt: ${reviewedOn}`);
});

test('in a box that the learner has never seen, without a network, it finds the same', async () => {
  const verdict = await sandbox.judge(async (tools) => {
    const scan = await tools.sandbox.runInBox(['sh', '-c', '. /etc/profile.d/trivy.sh; trivy image -q --scanners vuln --severity CRITICAL --input image.tar'], {
      image: 'scanned',
    });
    return scan.output.match(/CVE-\d+-\d+/g) ?? [scan.output];
  });
  expect(verdict.evidence).toContain('CVE-2022-29078');
});

test('it need not unpack itself at every start', async () => {
  expect((await sandbox.run('grep --text --quiet "UPX!" "$(readlink -f "$(command -v trivy)")"')).exitCode).toBe(1);
});

function trivy(command: string): Promise<{ exitCode: number; output: string }> {
  return sandbox.run(`. /etc/profile.d/trivy.sh; trivy ${command}`);
}

async function findings(options: string): Promise<string[]> {
  const { output } = await trivy(
    `image -q --format json ${options} scanned | jq -r '.Results[].Vulnerabilities[]? | "\\(.VulnerabilityID) \\(.PkgName) \\(.InstalledVersion) \\(.Severity) \\(.Status)"' | sort`,
  );
  return output.trim().split('\n');
}
