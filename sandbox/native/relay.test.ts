import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relayProgram } from '../host/native-programs.ts';
import { until } from './terminal-client.ts';
import { insideUid, TestNamespaces } from './test-namespaces.ts';

/** The machine's, root's only: nothing inside may reach it. */
const directory = mkdtempSync(join(tmpdir(), 'schott-relay-'));
/** Belongs to the root inside. */
const inside = mkdtempSync(join(tmpdir(), 'schott-relay-inside-'));
let program: string;
let namespaces: TestNamespaces;
let server: ChildProcess;
let tcpPort: number;

/** Answers at the end of what it is sent with the number of bytes; greets first. A stale socket lies beside its own. */
const serverScript = `
  const net = require('node:net'), fs = require('node:fs'), path = process.argv[1];
  process.umask(0o077);
  const server = () => net.createServer({ allowHalfOpen: true }, (socket) => {
    let count = 0;
    socket.write('hello ');
    socket.on('data', (bytes) => (count += bytes.length)).on('end', () => socket.end(count + ' bytes')).on('error', () => {});
  });
  const stale = server().listen(path + '.first', () => {
    fs.linkSync(path + '.first', path + '.stale');
    stale.close(() => server().listen(path, () => {
      const tcp = server().listen(0, '127.0.0.1', () => console.log(tcp.address().port));
    }));
  });`;

beforeAll(async () => {
  program = await relayProgram();
  chownSync(inside, insideUid, insideUid);
  namespaces = await TestNamespaces.create();
  const started = await namespaces.start(serverScript, join(inside, 'server.sock'));
  server = started.process;
  tcpPort = Number(started.firstLine);
}, 60_000);
afterAll(async () => {
  await namespaces?.[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
  rmSync(inside, { recursive: true });
});

let relays = 0;

class Relay {
  readonly path = join(directory, `${relays++}.sock`);
  readonly process: ChildProcess;

  constructor(...target: string[]) {
    this.process = spawn(program, [this.path, ...target], { stdio: ['ignore', 'pipe', 'pipe'] });
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

async function startRelay(...target: string[]): Promise<Relay> {
  const relay = new Relay(...(target.length > 0 ? target : [`${namespaces.pid}`]));
  const [bytes] = await once(relay.process.stdout!, 'data');
  expect(String(bytes)).toBe('ready\n');
  return relay;
}

/** What comes back on one connection: `text` grows, `isEnded` when the other end has finished. */
class Conversation {
  readonly socket: Socket;
  text = '';
  isEnded = false;

  constructor(relay: Relay, request: string, lineEnd = '\n') {
    this.socket = connect({ path: relay.path, allowHalfOpen: true });
    this.socket.on('data', (bytes) => (this.text += bytes.toString('latin1')));
    this.socket.on('end', () => (this.isEnded = true));
    this.socket.on('error', () => (this.isEnded = true));
    this.socket.write(`${request}${lineEnd}`);
  }

  async answer(): Promise<string> {
    await until(() => this.text.includes('\n') || this.isEnded);
    return this.text.split('\n', 1)[0]!;
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }
}

async function ask(relay: Relay, request: string): Promise<string> {
  using conversation = new Conversation(relay, request);
  return await conversation.answer();
}

const status = (pid: number | undefined, field: string) =>
  readFileSync(`/proc/${pid}/status`, 'utf8')
    .match(new RegExp(`^${field}:[ \\t]*(.*)$`, 'm'))?.[1]
    ?.trim();

describe('relay', { timeout: 30_000 }, () => {
  it("connects to a unix socket, names the peer's pid, and hands on half-closes both ways", async () => {
    await using relay = await startRelay();
    using conversation = new Conversation(relay, `unix ${inside}/server.sock`);
    expect(await conversation.answer()).toBe(`ok ${server.pid}`);
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    for (let i = 0; i < 20; i++) conversation.socket.write(megabyte);
    conversation.socket.end('12345');
    await until(() => conversation.isEnded);
    expect(conversation.text).toBe(`ok ${server.pid}\nhello ${20 * 1024 * 1024 + 5} bytes`);
    expect(statSync(relay.path).mode & 0o777).toBe(0o600);
  });

  it('connects by tcp inside the network namespace only', async () => {
    await using relay = await startRelay();
    using conversation = new Conversation(relay, `tcp 127.0.0.1 ${tcpPort} 1000`);
    expect(await conversation.answer()).toMatch(/^ok 127\.0\.0\.1 [1-9]\d+$/);
    conversation.socket.end('123');
    await until(() => conversation.isEnded);
    expect(conversation.text).toMatch(/\nhello 3 bytes$/);

    await using outside = createServer().listen(0, '127.0.0.1');
    await once(outside, 'listening');
    const address = outside.address();
    expect(await ask(relay, `tcp 127.0.0.1 ${typeof address === 'object' && address?.port} 1000`)).toBe('error ECONNREFUSED');
  });

  it('names the error', async () => {
    namespaces.run('ip', 'link', 'add', 'silent', 'type', 'veth', 'peer', 'name', 'silent-peer');
    namespaces.run('ip', 'addr', 'add', '10.99.0.1/24', 'dev', 'silent');
    namespaces.run('ip', 'link', 'set', 'silent', 'up');
    namespaces.run('ip', 'link', 'set', 'silent-peer', 'up');
    namespaces.run('ip', 'neigh', 'add', '10.99.0.2', 'lladdr', '02:00:00:00:00:01', 'dev', 'silent');
    await using relay = await startRelay();
    const expected = {
      [`unix ${inside}/nothing.sock`]: 'ENOENT',
      [`unix ${inside}/server.sock.stale`]: 'ECONNREFUSED',
      [`unix ${inside}/${'long/'.repeat(30)}`]: 'ENAMETOOLONG',
      'unix server.sock': 'EINVAL',
      'tcp 127.0.0.1 1 1000': 'ECONNREFUSED',
      'tcp 10.99.0.2 80 100': 'ETIMEDOUT',
      'tcp 192.0.2.1 80 100': 'ENETUNREACH',
      'tcp localhost 80 100': 'EINVAL',
      'tcp 127.0.0.1 0 100': 'EINVAL',
      'tcp 127.0.0.1 65536 100': 'EINVAL',
      'tcp 127.0.0.1 80 100 1': 'EINVAL',
      'tcp 127.0.0.1 80': 'EINVAL',
      'listen 127.0.0.1 0 two words': 'EINVAL',
      [`listen 127.0.0.1 0 ${'x'.repeat(201)}`]: 'EINVAL',
      'listen 192.0.2.1 0 text': 'EADDRNOTAVAIL',
      [`listen 127.0.0.1 ${tcpPort} text`]: 'EADDRINUSE',
      'exec /bin/sh': 'EINVAL',
      '': 'EINVAL',
      ['x'.repeat(512)]: 'EINVAL',
    };
    for (const [request, error] of Object.entries(expected)) expect([request, await ask(relay, request)]).toEqual([request, `error ${error}`]);
  });

  it('gives up on a request that does not come', async () => {
    await using relay = await startRelay();
    using silent = new Conversation(relay, 'tcp 127.0.0.1', '');
    expect(await silent.answer()).toBe('error ETIMEDOUT');
  });

  it('listens inside and answers everybody until the control connection closes', async () => {
    await using relay = await startRelay();
    using control = new Conversation(relay, 'listen 127.0.0.1 0 flag{A-b_1}');
    const port = Number((await control.answer()).replace('ok ', ''));
    using mute = new Conversation(relay, `tcp 127.0.0.1 ${port} 1000`);
    await mute.answer();
    const start = performance.now();
    for (let i = 0; i < 50; i++) {
      using visitor = new Conversation(relay, `tcp 127.0.0.1 ${port} 1000`);
      visitor.socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
      await until(() => visitor.isEnded);
      expect(visitor.text.split('\n').slice(1).join('\n')).toBe('HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 12\r\n\r\nflag{A-b_1}\n');
    }
    expect(performance.now() - start).toBeLessThan(50 * 100);
    await until(() => mute.isEnded);
    expect(mute.text).toContain('\nflag{A-b_1}\n');
    control.socket.destroy();
    await expect.poll(() => ask(relay, `tcp 127.0.0.1 ${port} 1000`)).toBe('error ECONNREFUSED');
  });

  it("is root inside and nothing outside: neither the machine's root nor able to reach its files", async () => {
    await using relay = await startRelay();
    expect(status(relay.process.pid, 'Uid')).toBe(`${insideUid}\t${insideUid}\t${insideUid}\t${insideUid}`);
    expect(status(relay.process.pid, 'Gid')).toBe(`${insideUid}\t${insideUid}\t${insideUid}\t${insideUid}`);
    expect(status(relay.process.pid, 'Groups')).toBe('');
    for (const set of ['CapPrm', 'CapEff', 'CapBnd']) expect(status(relay.process.pid, set)).toBe('0000000000000402');
    for (const set of ['CapInh', 'CapAmb']) expect(status(relay.process.pid, set)).toBe('0000000000000000');
    expect(status(relay.process.pid, 'NoNewPrivs')).toBe('1');

    const secret = join(directory, 'secret.sock');
    await using owner = createServer((socket) => socket.end('secret')).listen(secret);
    await once(owner, 'listening');
    chmodSync(secret, 0o600);
    expect(await ask(relay, `unix ${secret}`)).toBe('error EACCES');
    chmodSync(directory, 0o711);
    expect(await ask(relay, `unix ${secret}`)).toBe('error EACCES');
    chmodSync(secret, 0o666);
    expect(await ask(relay, `unix ${secret}`)).toBe(`ok ${process.pid}`);
    chmodSync(directory, 0o700);
  });

  it('enters only a network namespace with --net, as nobody, and opens no path there', async () => {
    await using relay = await startRelay('--net', `/proc/${namespaces.pid}/ns/net`);
    expect(status(relay.process.pid, 'Uid')).toBe('65534\t65534\t65534\t65534');
    expect(status(relay.process.pid, 'Gid')).toBe('65534\t65534\t65534\t65534');
    expect(status(relay.process.pid, 'Groups')).toBe('');
    for (const set of ['CapPrm', 'CapEff', 'CapBnd', 'CapInh', 'CapAmb']) expect(status(relay.process.pid, set)).toBe('0000000000000000');
    expect(status(relay.process.pid, 'NoNewPrivs')).toBe('1');
    expect(await ask(relay, `tcp 127.0.0.1 ${tcpPort} 1000`)).toMatch(/^ok 127\.0\.0\.1 /);
    expect(await ask(relay, `unix ${inside}/server.sock`)).toBe('error EPERM');
    expect(await ask(relay, 'listen 127.0.0.1 80 text')).toBe('error EACCES');
  });

  it("refuses the machine's own namespaces and a process that does not exist", async () => {
    for (const target of [[`${process.pid}`], ['--net', '/proc/self/ns/net'], ['2147483647'], ['0'], ['1x'], []]) {
      await using relay = new Relay(...target);
      expect(await relay.end()).toBeGreaterThan(0);
      expect(relay.process.stdout?.read()).toBeNull();
    }
  });

  it('holds 64 connections at once and serves the others as soon as these end', async () => {
    await using relay = await startRelay();
    using held = new DisposableStack();
    const conversations = Array.from({ length: 64 }, () => held.use(new Conversation(relay, `unix ${inside}/server.sock`)));
    for (const conversation of conversations) expect(await conversation.answer()).toMatch(/^ok/);
    using late = new Conversation(relay, `unix ${inside}/server.sock`);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(late.text).toBe('');
    conversations[10]?.socket.destroy();
    expect(await late.answer()).toBe(`ok ${server.pid}`);
  });

  it('ends with the process it entered, and with its parent, and takes its connections along', async () => {
    await using other = await TestNamespaces.create();
    await using relay = await startRelay(`${other.pid}`);
    using control = new Conversation(relay, 'listen 127.0.0.1 0 text');
    await control.answer();
    other.holder.kill('SIGKILL');
    expect(await relay.end()).toBe(0);
    await until(() => control.isEnded);

    const parent = spawn(process.execPath, [
      '-e',
      `const c = require('child_process').spawn(...${JSON.stringify([program, [join(directory, 'p.sock'), `${namespaces.pid}`]])}); c.stdout.on('data', () => console.log(c.pid))`,
    ]);
    const [bytes] = await once(parent.stdout, 'data');
    const pid = Number(String(bytes));
    expect(existsSync(`/proc/${pid}`)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !existsSync(`/proc/${pid}`) || status(pid, 'State')?.startsWith('Z') === true);
  });
});
