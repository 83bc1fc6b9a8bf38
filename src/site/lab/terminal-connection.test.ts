import { expect, onTestFinished, test, vi } from 'vitest';
import { startPtyHost } from './scripted-pty-host.ts';
import { closeCode, TerminalConnection } from './terminal-connection.ts';
import type { Screen, TerminalStatus } from './terminal-connection.ts';

test('asks for everything first and shows what the shell has written', async () => {
  await using host = await startPtyHost();
  const terminal = openTerminal(host);
  const line = await host.nextLine();
  expect(line.attach).toEqual({ seq: 0n, columns: 80, rows: 24 });
  line.attached({ shell: 7n, seq: 0n });
  line.output(0n, 'root@dockerhost:~# ');
  await vi.waitFor(() => expect(terminal.text()).toBe('root@dockerhost:~# '));
  expect(terminal.lastStatus().state).toBe('attached');
});

test('goes on after a dropped line at the byte it had reached, without losing or doubling one', async () => {
  await using host = await startPtyHost();
  const terminal = openTerminal(host);
  const first = await host.nextLine();
  first.attached({ shell: 7n, seq: 0n });
  first.output(0n, 'hello ');
  await vi.waitFor(() => expect(terminal.text()).toBe('hello '));
  first.socket.terminate();
  const second = await host.nextLine();
  expect(second.attach.seq).toBe(6n);
  second.attached({ shell: 7n, seq: 6n });
  second.output(3n, 'lo world');
  await vi.waitFor(() => expect(terminal.text()).toBe('hello world'));
  expect(terminal.cleared()).toBe(0);
});

test('says where output is missing because the shell was faster than the screen, and goes on behind it', async () => {
  await using host = await startPtyHost();
  const terminal = openTerminal(host);
  const first = await host.nextLine();
  first.attached({ shell: 7n, seq: 0n });
  first.output(0n, 'abc');
  first.output(1000n, 'xyz');
  await vi.waitFor(() => expect(terminal.text()).toBe('abc[997 missing]xyz'));
  first.socket.terminate();
  const second = await host.nextLine();
  expect(second.attach.seq).toBe(1003n);
  second.attached({ shell: 7n, seq: 2003n });
  second.output(2003n, '!');
  await vi.waitFor(() => expect(terminal.text()).toBe('abc[997 missing]xyz[1000 missing]!'));
  await vi.waitFor(() => expect(second.acknowledged()).toEqual([2004n]));
});

test('acknowledges only what is on the screen', async () => {
  await using host = await startPtyHost();
  const terminal = openTerminal(host, { drawsByItself: false });
  const line = await host.nextLine();
  line.attached({ shell: 7n, seq: 100n });
  line.output(100n, 'x'.repeat(30_000));
  await vi.waitFor(() => expect(terminal.text()).toHaveLength(30_000));
  expect(line.acknowledged()).toEqual([]);
  terminal.drawAll();
  await vi.waitFor(() => expect(line.acknowledged()).toEqual([30_100n]));
});

test('knows which output is older than the connection', async () => {
  await using host = await startPtyHost();
  const terminal = openTerminal(host, { drawsByItself: false });
  const line = await host.nextLine();
  line.attached({ shell: 7n, seq: 0n, written: 6n });
  line.output(0n, 'replay');
  await vi.waitFor(() => expect(terminal.text()).toBe('replay'));
  expect(terminal.connection.isReplaying).toBe(true);
  terminal.drawAll();
  expect(terminal.connection.isReplaying).toBe(false);
});

test('does not send an acknowledgement for every small piece of a flood', async () => {
  await using host = await startPtyHost();
  const terminal = openTerminal(host, { drawsByItself: false });
  const line = await host.nextLine();
  line.attached({ shell: 7n, seq: 0n });
  for (let piece = 0; piece < 20; piece += 1) line.output(BigInt(piece * 10_000), 'x'.repeat(10_000));
  await vi.waitFor(() => expect(terminal.text()).toHaveLength(200_000));
  terminal.drawAll();
  await vi.waitFor(() => expect(line.acknowledged().at(-1)).toBe(200_000n));
  expect(line.acknowledged()).toEqual([70_000n, 140_000n, 200_000n]);
});

test('empties the screen when another shell answers and asks for the beginning of its output', async () => {
  await using host = await startPtyHost();
  const terminal = openTerminal(host);
  const first = await host.nextLine();
  first.attached({ shell: 7n, seq: 0n });
  first.output(0n, 'old shell');
  await vi.waitFor(() => expect(terminal.text()).toBe('old shell'));
  first.socket.terminate();
  const second = await host.nextLine();
  second.attached({ shell: 8n, seq: 9n });
  const third = await host.nextLine();
  expect(third.attach.seq).toBe(0n);
  third.attached({ shell: 8n, seq: 0n });
  third.output(0n, 'new shell');
  await vi.waitFor(() => expect(terminal.text()).toBe('new shell'));
  expect(terminal.cleared()).toBe(1);
});

test('keeps what is typed while the line is down and sends it once it is back', async () => {
  await using host = await startPtyHost();
  const terminal = openTerminal(host);
  const first = await host.nextLine();
  first.attached({ shell: 7n, seq: 0n });
  await vi.waitFor(() => expect(terminal.lastStatus().state).toBe('attached'));
  first.socket.terminate();
  await vi.waitFor(() => expect(terminal.lastStatus().state).toBe('reconnecting'));
  terminal.type('docker ps\r');
  expect(terminal.lastStatus().unsentBytes).toBe(10);
  const second = await host.nextLine();
  second.attached({ shell: 7n, seq: 0n });
  await vi.waitFor(() => expect(second.typed()).toBe('docker ps\r'));
  expect(terminal.lastStatus()).toEqual({ state: 'attached', unsentBytes: 0 });
});

test('does not type into a new shell what was meant for the old one', async () => {
  await using host = await startPtyHost();
  const terminal = openTerminal(host);
  const first = await host.nextLine();
  first.attached({ shell: 7n, seq: 0n });
  await vi.waitFor(() => expect(terminal.lastStatus().state).toBe('attached'));
  first.socket.terminate();
  await vi.waitFor(() => expect(terminal.lastStatus().state).toBe('reconnecting'));
  terminal.type('rm -r /tmp/work\r');
  const second = await host.nextLine();
  second.attached({ shell: 8n, seq: 0n });
  await vi.waitFor(() => expect(terminal.lastStatus()).toEqual({ state: 'attached', unsentBytes: 0 }));
  terminal.type('x');
  await vi.waitFor(() => expect(second.typed()).toBe('x'));
});

test('refuses more waiting input than one frame holds instead of losing it silently', async () => {
  await using host = await startPtyHost();
  const terminal = openTerminal(host);
  await host.nextLine();
  expect(terminal.type('x'.repeat(65_536))).toBe(true);
  expect(terminal.type('x')).toBe(false);
  expect(terminal.lastStatus().unsentBytes).toBe(65_536);
});

test('cuts a long paste into frames that the host accepts, byte for byte', async () => {
  await using host = await startPtyHost();
  const terminal = openTerminal(host);
  const line = await host.nextLine();
  line.attached({ shell: 7n, seq: 0n });
  await vi.waitFor(() => expect(terminal.lastStatus().state).toBe('attached'));
  const paste = 'ü€😀'.repeat(20_000);
  terminal.type(paste);
  await vi.waitFor(() => expect(line.typed()).toBe(paste));
});

test('waits for Enter after the shell has ended, then starts a new one', async () => {
  await using host = await startPtyHost();
  const terminal = openTerminal(host);
  const first = await host.nextLine();
  first.attached({ shell: 7n, seq: 0n });
  first.output(0n, 'logout');
  first.exit(130);
  await vi.waitFor(() => expect(terminal.lastStatus()).toEqual({ state: 'exited', exitStatus: 130, unsentBytes: 0 }));
  first.socket.close();
  terminal.type('l');
  expect(host.lineCount()).toBe(1);
  terminal.type('\r');
  const second = await host.nextLine();
  expect(second.attach.seq).toBe(0n);
  second.attached({ shell: 8n, seq: 0n });
  second.output(0n, '# ');
  await vi.waitFor(() => expect(terminal.text()).toBe('# '));
  expect(second.typed()).toBe('');
});

test.each([
  ['gone', closeCode.gone],
  ['over', closeCode.over],
] as const)('stops trying when the server says that the session is %s', async (state, code) => {
  await using host = await startPtyHost();
  const terminal = openTerminal(host);
  const line = await host.nextLine();
  line.socket.close(code);
  await vi.waitFor(() => expect(terminal.lastStatus().state).toBe(state));
  expect(terminal.type('x')).toBe(false);
});

test('says that the shell cannot be reached, and keeps trying', async () => {
  await using host = await startPtyHost();
  const terminal = openTerminal(host);
  const first = await host.nextLine();
  first.socket.close(closeCode.unreachable);
  await vi.waitFor(() => expect(terminal.lastStatus().state).toBe('waiting'));
  const second = await host.nextLine();
  second.attached({ shell: 7n, seq: 0n });
  await vi.waitFor(() => expect(terminal.lastStatus().state).toBe('attached'));
});

test('tells the host a new size', async () => {
  await using host = await startPtyHost();
  const terminal = openTerminal(host);
  const line = await host.nextLine();
  line.attached({ shell: 7n, seq: 0n });
  await vi.waitFor(() => expect(terminal.lastStatus().state).toBe('attached'));
  terminal.connection.resize(132, 50);
  await vi.waitFor(() => expect(line.sizes()).toEqual([[132, 50]]));
});

/** A terminal whose screen is a list of strings. */
function openTerminal(host: { url: string }, { drawsByItself = true } = {}) {
  let content: Uint8Array[] = [];
  let clears = 0;
  const undrawn: (() => void)[] = [];
  const statuses: TerminalStatus[] = [];
  const screen: Screen = {
    size: () => ({ columns: 80, rows: 24 }),
    write(data, drawn) {
      content.push(data);
      if (drawsByItself) drawn();
      else undrawn.push(drawn);
    },
    skip: (bytes) => void content.push(new TextEncoder().encode(`[${bytes} missing]`)),
    clear() {
      content = [];
      clears += 1;
    },
  };
  const connection = new TerminalConnection(host.url, screen, (status) => statuses.push(status));
  onTestFinished(() => connection.dispose());
  connection.connect();
  return {
    connection,
    text: () => Buffer.concat(content).toString(),
    cleared: () => clears,
    drawAll: () => {
      for (const drawn of undrawn.splice(0)) drawn();
    },
    lastStatus: () => statuses.at(-1) ?? connection.status,
    type: (text: string) => connection.send(new TextEncoder().encode(text)),
  };
}
