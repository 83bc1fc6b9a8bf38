import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ptyHostProgram } from '../host/native-programs.ts';
import { TerminalClient, until } from './terminal-client.ts';

const directory = mkdtempSync(join(tmpdir(), 'schott-pty-host-'));
let program: string;
beforeAll(async () => {
  program = await ptyHostProgram();
}, 60_000);
afterAll(() => rmSync(directory, { recursive: true }));

/** Runs each line it reads, without a prompt and without echo. */
const obedient = 'stty -echo; echo ready; while read -r line; do eval "$line"; done';
let hosts = 0;

class Host {
  readonly path: string;
  readonly process: ChildProcess;

  constructor(path: string, script: string) {
    this.path = path;
    this.process = spawn(program, [path, 'sh', '-c', script], { stdio: ['ignore', 'ignore', 'inherit'] });
  }

  async end(): Promise<number | null> {
    await until(() => this.process.exitCode !== null || this.process.signalCode !== null);
    return this.process.exitCode;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.process.kill('SIGKILL');
    await this.end();
  }
}

async function startHost(script = obedient): Promise<Host> {
  const host = new Host(join(directory, `${hosts++}`, 'shell.sock'), script);
  await until(() => existsSync(host.path));
  return host;
}

async function attachReady(host: Host, options: Parameters<typeof TerminalClient.attach>[1] = {}): Promise<TerminalClient> {
  const client = await TerminalClient.attach(host.path, options);
  await client.waitFor('ready\r\n');
  return client;
}

const seqOutput = (count: number) => Array.from({ length: count }, (_, i) => `${i + 1}\r\n`).join('');

describe('pty host', { timeout: 30_000 }, () => {
  it('runs the command and echoes what is typed', async () => {
    await using host = await startHost('echo ready; cat');
    using client = await attachReady(host);
    client.type('grüße\n');
    const twice = Buffer.from('grüße\r\ngrüße\r\n').toString('latin1');
    await client.waitFor(twice);
    expect(client.attached?.shell).toBeGreaterThan(0n);
    expect(statSync(host.path).mode & 0o777).toBe(0o600);
    expect(statSync(join(host.path, '..')).mode & 0o777).toBe(0o700);
  });

  it('loses and doubles no byte when the connection breaks again and again during a flood', async () => {
    await using host = await startHost('stty -echo; echo ready; read go; seq 1 300000; read end');
    const expected = `ready\r\n${seqOutput(300_000)}`;
    let received = '';
    let connections = 0;
    while (received.length < expected.length) {
      using client = await TerminalClient.attach(host.path, { seq: BigInt(received.length), stopAfterBytes: 150_000 });
      expect(client.attached?.seq).toBe(BigInt(received.length));
      if (connections++ === 0) client.type('go\n');
      await until(() => client.isClosed || received.length + client.receivedBytes >= expected.length);
      client.socket.destroy();
      received += client.text;
      expect(client.gaps).toEqual([]);
      await sleep(connections % 3 === 0 ? 150 : 0);
    }
    expect(connections).toBeGreaterThan(4);
    expect(received === expected).toBe(true);
  });

  it('replays everything kept when asked for 0, and starts at the oldest byte when asked for more than there is', async () => {
    await using host = await startHost('stty -echo; seq 1 500000; echo ready; read end');
    using first = await TerminalClient.attach(host.path, { acknowledges: true });
    await first.waitFor('ready\r\n');
    const written = first.seq;
    for (const seq of [0n, written + 1n]) {
      using later = await TerminalClient.attach(host.path, { seq });
      expect(later.attached).toMatchObject({ seq: written - 2n * 1024n * 1024n, written, shell: first.attached?.shell });
      await until(() => later.seq === written);
      expect(`ready\r\n${seqOutput(500_000)}`.length).toBe(Number(written));
      expect(later.text === `${seqOutput(500_000)}ready\r\n`.slice(-2 * 1024 * 1024)).toBe(true);
    }
  });

  it('lets a slow client skip what it was too slow for, and a fast one have everything', async () => {
    await using host = await startHost();
    using fast = await attachReady(host);
    using slow = await attachReady(host, { acknowledges: false });
    fast.type('seq 1 600000; echo end\n');
    await fast.waitFor('599999\r\n600000\r\nend\r\n');
    expect(fast.text).toBe(`ready\r\n${seqOutput(600_000)}end\r\n`);
    await sleep(200);
    expect(slow.receivedBytes).toBe(1024 * 1024);
    slow.acknowledges = true;
    slow.acknowledge();
    await until(() => slow.seq === fast.seq);
    expect(slow.gaps).toEqual([{ from: 1024n * 1024n, to: fast.seq - 2n * 1024n * 1024n }]);
    expect(slow.text.slice(1024 * 1024) === fast.text.slice(-2 * 1024 * 1024)).toBe(true);
  });

  it('stops a flood for a client that acknowledges nothing at 1 MiB', async () => {
    await using host = await startHost();
    using client = await attachReady(host, { acknowledges: false });
    client.type('yes\n');
    await until(() => client.receivedBytes >= 1024 * 1024);
    await sleep(300);
    expect(client.receivedBytes).toBe(1024 * 1024);
    using other = await TerminalClient.attach(host.path, { seq: 2n ** 63n, acknowledges: false });
    expect(other.attached?.written).toBeLessThan(1024n * 1024n + 256n * 1024n);
    client.acknowledges = true;
    client.acknowledge();
    await until(() => client.receivedBytes > 8 * 1024 * 1024);
    expect(client.gaps).toEqual([]);
  });

  it('holds a flood back while the only client is away for a moment', async () => {
    await using host = await startHost();
    using client = await attachReady(host);
    client.type('yes\n');
    await until(() => client.receivedBytes > 4 * 1024 * 1024);
    client.socket.destroy();
    await sleep(500);
    using again = await TerminalClient.attach(host.path, { seq: client.seq });
    expect(again.attached?.seq).toBe(client.seq);
    expect(again.attached?.written).toBeLessThan(client.seq + 1024n * 1024n + 256n * 1024n);
    await until(() => again.receivedBytes > 4 * 1024 * 1024);
    expect(again.gaps).toEqual([]);
  });

  it('gives the terminal the size of whoever resized or attached last, and ignores a size of 0', async () => {
    await using host = await startHost();
    using first = await attachReady(host, { columns: 100, rows: 30 });
    first.type('stty size\n');
    await first.waitFor('30 100\r\n');
    first.send({ type: 'resize', columns: 132, rows: 50 });
    first.send({ type: 'resize', columns: 0, rows: 10 });
    first.type('stty size\n');
    await first.waitFor('50 132\r\n');
    using second = await attachReady(host, { columns: 90, rows: 20 });
    second.type('stty size\n');
    await second.waitFor('20 90\r\n');
    expect(first.text).toContain('20 90\r\n');
  });

  it('drops a client that sends something malformed, and nobody else', async () => {
    await using host = await startHost();
    using bystander = await attachReady(host);
    const attach = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 80, 0, 24]);
    const malformed: [string, Uint8Array, number?][] = [
      ['an empty frame', Buffer.alloc(0)],
      ['a frame above 128 KiB', Buffer.from([1]), 200_000],
      ['input above 64 KiB', Buffer.alloc(65_538, 1)],
      ['an unknown type', Buffer.from([9, 1])],
      ['a frame only the host sends', Buffer.alloc(25, 0x10)],
      ['a second attach', attach],
      ['a short resize', Buffer.from([2, 0, 80])],
      ['a long acknowledgement', Buffer.alloc(10, 3)],
      ['empty input', Buffer.from([1])],
    ];
    for (const [, frame, length] of malformed) {
      using client = await attachReady(host);
      client.sendRaw(frame, length);
      await until(() => client.isClosed);
    }
    for (const frame of [Buffer.from([1, 97]), attach.subarray(0, 12)]) {
      using client = new TerminalClient(host.path);
      client.sendRaw(frame);
      await until(() => client.isClosed);
      expect(client.attached).toBeUndefined();
    }
    bystander.type('echo still-$((40 + 2))\n');
    await bystander.waitFor('still-42');
    expect(bystander.isClosed).toBe(false);
  });

  it('serves 16 clients and refuses the 17th', async () => {
    await using host = await startHost();
    using clients = new DisposableStack();
    for (let i = 0; i < 16; i++) clients.use(await attachReady(host));
    await expect(TerminalClient.attach(host.path)).rejects.toThrow('the connection was closed');
  });

  it('sends all output, then the exit status, and removes its socket', async () => {
    for (const [command, status] of [
      ['exit 7', 7],
      ['kill -TERM $$', 143],
    ] as const) {
      await using host = await startHost();
      using client = await attachReady(host);
      client.type(`seq 1 20000; ${command}\n`);
      await until(() => client.isClosed);
      expect(client.text).toBe(`ready\r\n${seqOutput(20_000)}`);
      expect(client.exitStatus).toBe(status);
      expect(await host.end()).toBe(0);
      expect(existsSync(host.path)).toBe(false);
    }
  });

  it('waits at most 5 s for a client that does not take the end, and not at all without one', async () => {
    await using host = await startHost();
    using client = await attachReady(host, { acknowledges: false });
    client.type('seq 1 160000; exit 3\n');
    await until(() => client.receivedBytes === 1024 * 1024);
    client.acknowledge();
    client.socket.pause();
    const start = Date.now();
    expect(await host.end()).toBe(0);
    expect(Date.now() - start).toBeLessThan(7000);
    await using alone = new Host(join(directory, `${hosts++}`, 'shell.sock'), 'exit 3');
    expect(await alone.end()).toBe(0);
  });

  it('stops a flood within 250 ms of Ctrl-C', async () => {
    await using host = await startHost(`trap 'echo; echo stopped' INT; ${obedient}`);
    using client = await attachReady(host);
    for (let round = 1; round <= 3; round++) {
      client.type('yes\n');
      const before = client.receivedBytes;
      await until(() => client.receivedBytes - before > 4 * 1024 * 1024);
      const start = performance.now();
      client.type('\x03');
      await until(() => Buffer.concat(client.chunks.slice(-4)).includes('stopped'));
      expect(performance.now() - start).toBeLessThan(250);
      client.chunks.length = 0;
    }
  });

  it('takes a large paste completely, also when its echo would fill the window before the acknowledgements get through', async () => {
    await using host = await startHost();
    const paste = Buffer.alloc(3_000_000, 'The quick brown fox jumps over the lazy dog. ');
    for (const reader of [`head -c ${paste.length} | md5sum`, `head -c ${paste.length} | tee /dev/tty | md5sum`]) {
      using client = await attachReady(host);
      client.type(`stty raw; echo now; ${reader}; stty sane -echo; echo done\n`);
      await client.waitFor('now');
      for (let at = 0; at < paste.length; at += 65_536) client.send({ type: 'input', data: paste.subarray(at, at + 65_536) });
      await until(() => client.text.slice(-10).includes('done'));
      expect(client.text.slice(-100)).toContain(createHash('md5').update(paste).digest('hex'));
    }
  });

  it('frees the place of a client that left behind more input than the program will ever read', async () => {
    await using host = await startHost('stty raw -echo; echo ready; exec sleep 600');
    for (let i = 0; i < 20; i++) {
      using client = await TerminalClient.attach(host.path);
      await until(() => client.text.includes('ready'));
      for (let frame = 0; frame < 8; frame++) client.send({ type: 'input', data: Buffer.alloc(60_000) });
      await sleep(i === 0 ? 1500 : 50);
    }
  });

  it('leaves a living host alone and replaces a dead one', async () => {
    await using host = await startHost();
    using client = await attachReady(host);
    expect(await new Host(host.path, obedient).end()).toBe(0);
    using again = await attachReady(host);
    expect(again.attached?.shell).toBe(client.attached?.shell);
    await host[Symbol.asyncDispose]();
    expect(existsSync(host.path)).toBe(true);

    const starts = Array.from({ length: 6 }, () => new Host(host.path, obedient));
    await until(() => starts.filter((start) => start.process.exitCode === 0).length === 5);
    const winner = starts.find((start) => start.process.exitCode === null);
    expect(winner).toBeDefined();
    await using living = winner!;
    using other = await attachReady(living);
    expect(other.attached?.shell).not.toBe(client.attached?.shell);
  });
});
