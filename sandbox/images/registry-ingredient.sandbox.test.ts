import { afterAll, beforeAll, expect, test } from 'vitest';
import { bakeIngredients } from '../testing/bake-ingredients.ts';
import { openTestBench, type TestBench, type TestSandbox } from '../testing/test-bench.ts';

let bench: TestBench;
let sandbox: TestSandbox;

beforeAll(async () => {
  bench = await openTestBench();
  sandbox = await bench.startSandbox(await bakeIngredients(bench, ['registry']));
});
afterAll(async () => {
  await sandbox?.[Symbol.asyncDispose]();
  await bench?.[Symbol.asyncDispose]();
});

test('the registry is up with the Docker host', async () => {
  expect(await output('curl -s http://registry.lab:5000/v2/_catalog')).toBe('{"repositories":[]}');
  expect(await output('stat -c %U /proc/$(pidof docker-registry)')).toBe('docker-registry');
});

test('an image is pushed, pulled by digest, and a build asks the registry for a newer one', async () => {
  const image = 'registry.lab:5000/platform/base:1';
  await output(`docker tag lab/bb ${image} && docker push -q ${image}`);
  const digest = (await output(`docker inspect -f '{{index .RepoDigests 0}}' ${image}`)).split('@')[1];
  await output(`docker rmi ${image} && docker pull -q registry.lab:5000/platform/base@${digest}`);
  await output(`docker pull -q ${image}`);
  // Somebody publishes a newer one under the same tag; this host still has the old one.
  await output(`printf 'FROM lab/bb\\nRUN echo new > /new\\n' | docker build -q -t newer - && docker tag ${image} kept
    docker tag newer ${image} && docker push -q ${image} && docker tag kept ${image}`);
  const build = `printf 'FROM ${image}\\nRUN ls /new\\n' | docker build -q -t built`;
  expect((await sandbox.run(`${build} -`)).exitCode).not.toBe(0);
  await output(`${build} --pull -`);
});

test('the attacker reaches it too', async () => {
  for (const name of ['dockerhost', 'registry.lab']) {
    const answer = await sandbox.runOnAttacker(`curl -s http://${name}:5000/v2/_catalog`);
    expect(answer.output).toContain('repositories');
  }
});

test('it restarts like any service', async () => {
  const ms = Number(
    await output(`begin=$(date +%s%3N); systemctl restart registry
      for _ in $(seq 100); do curl -sf -o /dev/null http://registry.lab:5000/v2/ && break; sleep 0.02; done; echo $(($(date +%s%3N) - begin))`),
  );
  expect(ms).toBeLessThan(2000);
});

async function output(script: string): Promise<string> {
  const result = await sandbox.run(script);
  expect(result.exitCode, result.output).toBe(0);
  return result.output.trim();
}
