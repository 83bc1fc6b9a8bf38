import { request } from 'node:http';
import { keeperError, warmOrder, warmPool, type WarmOrder, type WarmPool } from '#protocol/keeper.ts';
import { instanceIn } from '../host/instance.ts';
import { loadLabs } from '../keeper/lab-folders.ts';
import { findLab } from './find-lab.ts';

export interface WarmRequest {
  /** `at`: `HH:MM` of today, or of tomorrow when that is over; undefined: now. */
  readonly order: { readonly id: string; readonly count: number; readonly at: string | undefined; readonly minutes: number } | undefined;
  readonly json: boolean;
  readonly dataDirectory: string;
}

/** Orders sandboxes ahead at the running course, and prints what it keeps ready. Exit status. */
export async function warmLab({ order, json, dataDirectory }: WarmRequest): Promise<number> {
  const { keeperSocket } = instanceIn(dataDirectory);
  const pool = order === undefined ? await ask(keeperSocket, 'GET') : await ask(keeperSocket, 'PUT', await toOrder(order, new Date()));
  console.log(json ? JSON.stringify(pool, null, 2) : describe(pool));
  return 0;
}

async function toOrder({ id, count, at, minutes }: NonNullable<WarmRequest['order']>, now: Date): Promise<WarmOrder> {
  const from = at === undefined ? now : nextTime(at, now);
  if (!(minutes > 0)) throw new Error('--minutes must be a number of minutes');
  const until = new Date(from.getTime() + minutes * 60_000);
  const order = { lab: findLab(await loadLabs(), id).id, count, from: from.toISOString(), until: until.toISOString() };
  const parsed = warmOrder.safeParse(order);
  if (!parsed.success) throw new Error(`Cannot order ${count} sandboxes: it must be a whole number from 0 to 500`);
  return parsed.data;
}

/** The next moment, by the machine's clock, at which it is `time`. */
export function nextTime(time: string, now: Date): Date {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(time) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) throw new Error(`"${time}" is no time of day like 9:00`);
  const next = new Date(now);
  next.setHours(Number(hours), Number(minutes), 0, 0);
  if (next.getTime() <= now.getTime()) next.setDate(next.getDate() + 1);
  return next;
}

function ask(socketPath: string, method: 'GET' | 'PUT', order?: WarmOrder): Promise<WarmPool> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath, method, path: '/warm', headers: { 'content-type': 'application/json' }, timeout: 10_000 }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () => {
        try {
          const body: unknown = JSON.parse(text);
          if (response.statusCode !== 200) throw new Error(keeperError.parse(body).error.message.en);
          resolve(warmPool.parse(body));
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('it does not answer')));
    outgoing.on('error', (cause) =>
      reject(new Error(`Cannot reach the keeper at ${socketPath}: ${cause.message}. Is the course running, with this --data?`, { cause })),
    );
    outgoing.end(order === undefined ? undefined : JSON.stringify(order));
  });
}

function describe({ labs, orders }: WarmPool): string {
  const lines = labs.map(({ lab, ready, wanted }) => `${lab}: ${ready} of ${wanted} ready`);
  const clock = (time: string): string => new Date(time).toLocaleString('sv');
  return [...lines, ...orders.map(({ lab, count, from, until }) => `ordered: ${count} of ${lab}, ${clock(from)} to ${clock(until)}`)].join('\n');
}
