import { afterAll, beforeAll, expect, test } from 'vitest';
import { bakeIngredients } from '../testing/bake-ingredients.ts';
import { openTestBench, type TestBench, type TestSandbox } from '../testing/test-bench.ts';

let bench: TestBench;
let sandbox: TestSandbox;

beforeAll(async () => {
  bench = await openTestBench();
  sandbox = await bench.startSandbox(await bakeIngredients(bench, ['node22']));
});
afterAll(async () => {
  await sandbox?.[Symbol.asyncDispose]();
  await bench?.[Symbol.asyncDispose]();
});

test('Node 22 runs as its own user', async () => {
  const run = await sandbox.run(`docker run --rm --user node lab/node22 node -p 'process.getuid() + " " + process.version'`);
  expect(run.output).toMatch(/^1000 v22\./);
});

test('a Dockerfile can add a user in either syntax', async () => {
  const run = await sandbox.run(
    `printf 'FROM lab/node22\\nRUN addgroup -S -g 10001 app && adduser -S -u 10001 -G app app && useradd --system other\\nUSER app\\nCMD ["id"]\\n' |
       docker build -q -t own - && docker run --rm own`,
  );
  expect(run.output).toContain('uid=10001(app) gid=10001(app)');
});
