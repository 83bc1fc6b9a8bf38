import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openDemand } from './demand.ts';
import { openWarmOrders } from './warm-orders.ts';

const nine = new Date('2030-01-01T09:00:00.000Z');
const minutes = (number: number): Date => new Date(nine.getTime() + number * 60_000);

test('starts fade: half of them counts after half an hour, and a clock set back adds nothing', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'schott-demand-'));
  const demand = await openDemand(join(folder.path, 'demand.json'));
  for (let start = 0; start < 4; start++) demand.note('kernel/first', nine);
  expect([demand.of('kernel/first', nine), demand.of('kernel/other', nine)]).toEqual([4, 0]);
  expect(demand.of('kernel/first', minutes(30))).toBeCloseTo(2);
  demand.note('kernel/first', minutes(60));
  expect(demand.of('kernel/first', minutes(60))).toBeCloseTo(2);
  expect(demand.of('kernel/first', minutes(-600))).toBeCloseTo(2);
});

test('a restarted keeper knows what was asked for', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'schott-demand-'));
  const file = join(folder.path, 'demand.json');
  (await openDemand(file)).note('kernel/first', nine);
  await vi.waitFor(async () => expect((await openDemand(file)).of('kernel/first', nine)).toBe(1));
});

test('an order holds from some time before it begins until it ends, and each start makes it smaller', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'schott-orders-'));
  const orders = await openWarmOrders(join(folder.path, 'orders.json'));
  await orders.place({ lab: 'kernel/first', count: 30, from: nine.toISOString(), until: minutes(60).toISOString() });
  expect([-10, -4, 0, 59, 61].map((at) => orders.due(minutes(at)).get('kernel/first') ?? 0)).toEqual([0, 30, 30, 30, 0]);
  orders.noteStart('kernel/first', minutes(-10));
  orders.noteStart('kernel/other', nine);
  expect(orders.due(nine)).toEqual(new Map([['kernel/first', 30]]));
  for (let start = 0; start < 29; start++) orders.noteStart('kernel/first', nine);
  expect(orders.due(nine)).toEqual(new Map([['kernel/first', 1]]));
  orders.noteStart('kernel/first', nine);
  expect(orders.list(nine)).toEqual([]);
});

test('orders outlive the keeper, the last one for a lab counts, and none cancels it', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'schott-orders-'));
  const file = join(folder.path, 'orders.json');
  const order = { lab: 'kernel/first', count: 30, from: nine.toISOString(), until: minutes(60).toISOString() };
  const orders = await openWarmOrders(file);
  await orders.place(order);
  await orders.place({ ...order, count: 12 });
  expect((await openWarmOrders(file)).list(nine)).toEqual([{ ...order, count: 12 }]);
  await orders.place({ ...order, count: 0 });
  expect((await openWarmOrders(file)).list(nine)).toEqual([]);
});
