import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { parseTcpTable, readTcpTable, socketsOf } from './socket-table.ts';

const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';

test('listening and connected sockets are read, with the address in the order people write it', () => {
  const table = parseTcpTable(`${head}
   0: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 41235 1 0000000000000000 100 0 0 10 0
   1: 0200D50A:1F90 0E00D50A:C350 01 00000000:00000000 00:00000000 00000000     0        0 0 1 0000000000000000 20 4 30 10 -1
`);
  expect(table).toEqual([
    { localAddress: '0.0.0.0', localPort: 8080, remoteAddress: '0.0.0.0', remotePort: 0, state: 10, inode: '41235' },
    { localAddress: '10.213.0.2', localPort: 8080, remoteAddress: '10.213.0.14', remotePort: 50_000, state: 1, inode: '0' },
  ]);
});

test('an IPv4 address that is mapped into IPv6 is read as IPv4', () => {
  const [entry] = parseTcpTable(`${head}\n   0: 0000000000000000FFFF00000200D50A:0050 0000000000000000FFFF00000E00D50A:C350 01 0:0 00:0 0 0 0 77 1\n`);
  expect(entry).toEqual({ localAddress: '10.213.0.2', localPort: 80, remoteAddress: '10.213.0.14', remotePort: 50_000, state: 1, inode: '77' });
});

test('an IPv6 address is read as such, and :: stands for all', () => {
  const line = (address: string): string => `   0: ${address}:0050 ${'0'.repeat(32)}:0000 0A 0:0 00:0 0 0 0 77 1\n`;
  const table = parseTcpTable(`${head}\n${line('00000000000000000000000001000000')}${line('0'.repeat(32))}`);
  expect(table.map(({ localAddress }) => localAddress)).toEqual(['0000:0000:0000:0000:0000:0000:0000:0001', '::']);
});

test('an empty table has no entries', () => {
  expect(parseTcpTable(`${head}\n`)).toEqual([]);
  expect(parseTcpTable('')).toEqual([]);
});

test("a real connection stands in the kernel's table with an inode that its process holds", async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = connect(port, '127.0.0.1');
  const [accepted] = (await once(server, 'connection')) as [Socket];
  const entry = (await readTcpTable(process.pid)).find((one) => one.localPort === port && one.remotePort === client.localPort);
  expect(entry).toMatchObject({ remoteAddress: '127.0.0.1', state: 1 });
  expect(await socketsOf(process.pid, AbortSignal.timeout(5000))).toContain(entry?.inode);
  accepted.destroy();
  client.destroy();
  server.close();
});
