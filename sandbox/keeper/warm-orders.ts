import { z } from 'zod';
import { warmOrder, type WarmOrder } from '#protocol/keeper.ts';
import { openStoredJson } from './stored-json.ts';

/** Sandboxes that somebody has ordered ahead, e.g. for a class at nine. Survives a restart of the keeper. */
export interface WarmOrders {
  /** Takes the place of an earlier order for the same lab; one of 0 sandboxes cancels it. Resolves when it is stored. */
  place(order: WarmOrder): Promise<void>;
  /** A learner has started the lab: that many fewer are to be expected. */
  noteStart(lab: string, at?: Date): void;
  /** Sandboxes that are to be ready now, by lab. */
  due(at?: Date): ReadonlyMap<string, number>;
  list(at?: Date): WarmOrder[];
}

/** Making one takes some seconds, and the first learner may be early. */
const leadMs = { base: 120_000, each: 6000 };

/** Reads earlier orders from `file`. */
export async function openWarmOrders(file: string): Promise<WarmOrders> {
  const { content, save } = await openStoredJson(file, z.record(z.string(), warmOrder), {});
  const standing = (at: Date): WarmOrder[] => Object.values(content).filter(({ until }) => Date.parse(until) > at.getTime());
  return {
    place(order) {
      if (order.count === 0) delete content[order.lab];
      else content[order.lab] = order;
      return save();
    },
    noteStart(lab, at = new Date()) {
      const order = standing(at).find((one) => one.lab === lab && hasBegun(one, at));
      if (order === undefined) return;
      if (order.count === 1) delete content[lab];
      else content[lab] = { ...order, count: order.count - 1 };
      save().catch((error: unknown) => console.error('Cannot note an order of warm sandboxes:', error));
    },
    due: (at = new Date()) => new Map(standing(at).flatMap((order) => (hasBegun(order, at) ? [[order.lab, order.count] as const] : []))),
    list: (at = new Date()) => standing(at),
  };
}

function hasBegun({ from, count }: WarmOrder, at: Date): boolean {
  return Date.parse(from) - leadMs.base - count * leadMs.each <= at.getTime();
}
