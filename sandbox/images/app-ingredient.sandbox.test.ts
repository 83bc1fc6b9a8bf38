import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bakeIngredients } from '../testing/bake-ingredients.ts';
import { openTestBench, type TestBench, type TestSandbox } from '../testing/test-bench.ts';

let bench: TestBench;
let sandbox: TestSandbox;

beforeAll(async () => {
  bench = await openTestBench();
  sandbox = await bench.startSandbox(await bakeIngredients(bench, ['app']));
});
afterAll(async () => {
  await sandbox?.[Symbol.asyncDispose]();
  await bench?.[Symbol.asyncDispose]();
});

test('the app answers a nonce, also as nobody, without capabilities and on a root that is read-only', async () => {
  await start('first', 8081);
  await start('second', 8082, '--user 10001:10001 --read-only --cap-drop ALL --security-opt no-new-privileges');
  for (const port of [8081, 8082]) {
    expect(await get(port, '/cgi-bin/id?nonce=0a1f')).toBe(createHash('sha256').update('k-1:0a1f').digest('hex'));
    expect(await get(port, '/cgi-bin/id?nonce=$(id)')).toContain('lower-case hex');
    expect(await get(port, '/')).toContain('<title>Löwe &amp; Co</title>');
  }
});

test('the hole is open only where it was asked for', async () => {
  await start('closed', 8083);
  await start('open', 8084, '-e APP_RUN=1 --user 10001');
  expect(await get(8083, '/cgi-bin/run?cmd=id%20-u')).toBe('not found');
  expect(await get(8084, '/cgi-bin/run?cmd=id%20-u')).toBe('10001');
});

test('a note is kept where there is a place for it', async () => {
  await start('notes', 8085, '--user 10001 --read-only --tmpfs /data:mode=1777');
  await start('homeless', 8086, '--user 10001');
  const post = (port: number): Promise<string> => output(`curl -s -w ' %{http_code}' --data-binary 'Brötchen' 'http://127.0.0.1:${port}/cgi-bin/note?id=a1'`);
  expect(await post(8085)).toBe('kept\n 201');
  expect(await get(8085, '/cgi-bin/note?id=a1')).toBe('Brötchen');
  expect(await get(8085, '/cgi-bin/note?id=../a1')).toContain('id:');
  expect(await post(8086)).toContain('cannot write /data/notes/a1 as 10001\n 403');
});

test('a page folder mounted over the pages leaves the programs alone, and the port may come from the environment', async () => {
  await output(`mkdir -p /srv/page && echo mine > /srv/page/index.html && echo style > /srv/page/a.css
    docker run -d --name paged -p 8088:8000 -v /srv/page:/www:ro -e APP_PORT=8000 -e APP_KEY=k-1 lab/app web paged; sleep 0.5`);
  expect(await get(8088, '/')).toBe('mine');
  expect(await get(8088, '/www/a.css')).toBe('style');
  expect(await get(8088, '/cgi-bin/id?nonce=0')).toMatch(/^[0-9a-f]{64}$/);
});

test('the app stops at once when it is told to', async () => {
  await start('brief', 8087);
  const ms = Number(await output(`begin=$(date +%s%3N); docker stop brief >/dev/null; echo $(($(date +%s%3N) - begin))`));
  expect(ms).toBeLessThan(3000);
  expect(await output(`docker inspect -f '{{.State.ExitCode}}' brief`)).toBe('0');
});

async function start(name: string, port: number, options = ''): Promise<void> {
  await output(`docker run -d --name ${name} -p ${port}:80 -e APP_KEY=k-1 ${options} lab/app web 'Löwe & Co'
    for _ in $(seq 50); do curl -sf -o /dev/null http://127.0.0.1:${port}/ && break; sleep 0.05; done`);
}

function get(port: number, path: string): Promise<string> {
  return output(`curl -s 'http://127.0.0.1:${port}${path}'`);
}

async function output(script: string): Promise<string> {
  const result = await sandbox.run(script);
  expect(result.exitCode, result.output).toBe(0);
  return result.output.trim();
}
