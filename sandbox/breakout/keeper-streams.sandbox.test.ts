import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { encodeClientFrame } from '#protocol/terminal.ts';
import { followNestedEvents } from '../keeper/nested-events.ts';
import { serveTerminal } from '../keeper/terminal.ts';
import { Terminal } from '../testing/keeper-process.ts';
import type { TestSandbox } from '../testing/test-bench.ts';
import { useGrounds } from './grounds.ts';
import { unbearable, withOwnLoad } from './own-load.ts';
import { technique } from './technique.ts';
import { endTrapProcesses, fromTheHost, setTrap, until } from './traps.ts';

const grounds = useGrounds({ probes: [], withNeighbour: true });
const watchMs = 1500;

/** Perl: a server on a unix socket that sends `$bytes` again and again to whoever connects, after `$head`. */
const endlessServer = (path: string, head: string, bytes: string): string => `
  cat > /tmp/endless.pl <<'END'
    use Socket; $0 = "trap-process"; $SIG{PIPE} = $SIG{CHLD} = "IGNORE"; my ($head, $bytes) = (${head}, ${bytes});
    unlink "${path}"; socket(my $listener, AF_UNIX, SOCK_STREAM, 0); bind($listener, pack_sockaddr_un("${path}")) or die "$!"; listen($listener, 10);
    while (accept(my $client, $listener)) { next if fork; syswrite $client, $head; while (defined syswrite $client, $bytes) { } exit }
END
  perl /tmp/endless.pl > /dev/null 2>&1 < /dev/null &
  ${until(`[ -S ${path} ]`)}`;

const chunked = (body: string): string => `join("", map { my $piece = ${body} x 4000; sprintf("%x\\r\\n%s\\r\\n", length $piece, $piece) } 1)`;
const httpHead = (status: string): string => `"HTTP/1.1 ${status}\\r\\nContent-Type: application/json\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n"`;

const floods: ReadonlyArray<readonly [what: string, head: string, bytes: string]> = [
  ['events', httpHead('200 OK'), chunked('qq({"Action":"create","Actor":{"ID":"x"}}\\n)')],
  ['empty lines', httpHead('200 OK'), chunked('"\\n\\n\\n\\n"')],
  ['one line without end', httpHead('200 OK'), chunked('"xxxxxxxx"')],
  ['an error without end', httpHead('500 Internal Server Error'), chunked('"xxxxxxxx"')],
  ['no HTTP', '"\\0\\0"', '"\\xff" x 65536'],
];

technique('send the keeper events without end', fromTheHost, async () => {
  const { sandbox } = grounds;
  const genuine: string[] = [];
  {
    using _following = followNestedEvents(sandbox.parts, (action) => genuine.push(action));
    await vi.waitFor(async () => {
      await sandbox.run('docker run --rm lab/bb true');
      if (!genuine.includes('create')) throw new Error(`Cannot see the events of a container: ${genuine.join()}`);
    }, 15_000);
  }
  await setTrap(sandbox, 'mv /run/docker.sock /run/docker.sock.genuine');
  const reached: string[] = [];
  const costs: string[] = [];
  for (const [what, head, bytes] of floods) {
    await setTrap(sandbox, endlessServer('/run/docker.sock', head, bytes));
    let told = 0;
    const before = process.cpuUsage();
    const { result: neighbours, ...load } = await withOwnLoad(async () => {
      using _following = followNestedEvents(sandbox.parts, () => told++);
      const verdict = await grounds.neighbour.judge(async ({ sandbox: view }) => [String((await view.containers()).length)]);
      await sleep(watchMs);
      return verdict;
    });
    const { user, system } = process.cpuUsage(before);
    costs.push(`${what}: told ${told}, ${Math.round((user + system) / 1000)} ms of processor time in ${watchMs} ms, grew by ${load.grownMiB} MiB`);
    if (told > watchMs / 25) reached.push(`${told} messages to the server for ${what}`);
    if (!neighbours.passed) reached.push(`the neighbour's check said ${neighbours.messageId} during ${what}`);
    reached.push(...unbearable(load));
    await setTrap(sandbox, `${endTrapProcesses}; rm -f /run/docker.sock`);
  }
  await setTrap(sandbox, 'mv /run/docker.sock.genuine /run/docker.sock');
  return { reached, control: `the events of a container come through: ${[...new Set(genuine)].join()}`, refusal: costs.join('; ') };
});

let server: WebSocketServer;
beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (websocket, request) => {
    websocket.on('error', () => undefined);
    const sandbox = request.url === '/neighbour' ? grounds.neighbour : grounds.sandbox;
    void serveTerminal(sandbox.parts, 'dockerhost', websocket).catch(() => websocket.close(4503));
  });
  await once(server, 'listening');
});
afterAll(() => server?.close());

/** A browser's connection to a terminal. What comes is not read until somebody listens. */
async function openWebSocket(whose: 'own' | 'neighbour'): Promise<WebSocket> {
  const websocket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/${whose}`);
  await once(websocket, 'open');
  return websocket;
}

async function openTerminal(whose: 'own' | 'neighbour'): Promise<Terminal> {
  const terminal = new Terminal(await openWebSocket(whose));
  terminal.websocket.send(encodeClientFrame({ type: 'attach', seq: 0n, columns: 80, rows: 24 }));
  await terminal.until(() => terminal.shell !== undefined);
  return terminal;
}

const outputFrame = (length: number): string => `pack("N", ${length} + 9) . "\\x11" . ("\\0" x 8) . ("x" x ${length})`;

const hosts: ReadonlyArray<readonly [what: string, bytes: string]> = [
  ['frames of one byte without end', `(pack("N", 1) . "\\x11") x 10000`],
  ['output without end', `(${outputFrame(32_768)}) x 4`],
  ['a frame of four gigabytes', `"\\xff" x 65536`],
  ['a frame of no byte', `"\\0" x 65536`],
  ['frames of unknown kinds', `join("", map { pack("N", 2) . chr(rand 256) . "x" } 1 .. 1000)`],
];

const terminalSocket = '/run/schott/terminal.sock';

technique('replace the pty host by one that sends without end', fromTheHost, async () => {
  const { sandbox } = grounds;
  using neighbours = await openTerminal('neighbour');
  const control = await echoThrough('own');
  const reached: string[] = [];
  const costs: string[] = [];
  await endPtyHost(sandbox);
  for (const [what, bytes] of hosts) {
    await setTrap(sandbox, endlessServer(terminalSocket, '""', bytes));
    const { result, ...load } = await withOwnLoad(async () => {
      const websocket = await openWebSocket('own');
      let frames = 0;
      websocket.on('message', () => frames++);
      const end = Date.now() + watchMs;
      let worst = 0;
      while (Date.now() < end) {
        const started = performance.now();
        await neighbours.run('true');
        worst = Math.max(worst, performance.now() - started);
      }
      websocket.terminate();
      return { frames, worst: Math.round(worst) };
    });
    costs.push(`${what}: ${result.frames} frames, the neighbour's slowest answer took ${result.worst} ms`);
    if (result.worst > 1500) reached.push(`the neighbour waited ${result.worst} ms during ${what}`);
    reached.push(...unbearable(load));
    await setTrap(sandbox, `${endTrapProcesses}; rm -f ${terminalSocket}`);
  }
  const after = await echoThrough('own');
  return { reached, control: control && after ? 'a genuine one answers before and afterwards' : undefined, refusal: costs.join('; ') };
});

async function echoThrough(whose: 'own' | 'neighbour'): Promise<boolean> {
  using terminal = await openTerminal(whose);
  return (await terminal.run('echo $((6 * 7))')) === '42';
}

async function endPtyHost(sandbox: TestSandbox): Promise<void> {
  await setTrap(sandbox, `pkill -KILL pty-host; sleep 0.3; rm -f ${terminalSocket} ${terminalSocket}.lock`);
}

technique('make the engine start programs without end, by a pty host that never listens', fromTheHost, async () => {
  const { sandbox } = grounds;
  const control = await echoThrough('own');
  await endPtyHost(sandbox);
  await setTrap(
    sandbox,
    `cp --archive /usr/lib/schott/pty-host /tmp/pty-host; printf '#!/bin/bash\\nexec -a trap-process sleep 300\\n' > /tmp/never; chmod 755 /tmp/never; mount --bind /tmp/never /usr/lib/schott/pty-host`,
  );
  const attempts = await Promise.all(Array.from({ length: 3 }, () => openWebSocket('own')));
  await Promise.all(attempts.map((websocket) => once(websocket, 'close')));
  const started = Number((await sandbox.run('pgrep -f -c "[t]rap-process"')).output);
  await setTrap(sandbox, `umount /usr/lib/schott/pty-host; ${endTrapProcesses}`);
  const after = await echoThrough('own');
  return {
    // Each attempt starts at most four within six seconds, and none when it is over.
    reached: started > attempts.length * 4 ? [`${started} programs for ${attempts.length} terminals`] : [],
    control: control && after && started > 0 ? 'a genuine one answers before and afterwards' : undefined,
    refusal: `${started} programs for ${attempts.length} terminals, all within the sandbox's limit of processes`,
  };
});
