import type { FastifyBaseLogger } from 'fastify';
import type { Lab, Text } from '#lab';
import type { Catalog } from '../catalog.ts';
import type { CheckSchedule, CheckTimings } from '../checks/check-schedule.ts';
import type { Keeper } from '../keeper/keeper.ts';
import type { Metrics } from '../metrics.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Store } from '../store/open-store.ts';
import type { Attention } from './attention.ts';
import type { SessionHub } from './session-hub.ts';
import type { TaskQueue } from './task-queue.ts';
import type { WaitingLine } from './waiting-line.ts';

/** What the functions of this folder work on. */
export interface SessionContext {
  readonly store: Store;
  /** undefined: this server offers no labs. */
  readonly keeper: Keeper | undefined;
  readonly noLabsReason: Text;
  readonly catalog: Catalog;
  readonly hub: SessionHub;
  /** The part of each running session that lives in memory. */
  readonly live: Map<string, LiveSession>;
  /** Starting, resetting, extending and ending one session never overlap. */
  readonly queue: TaskQueue;
  /** Sessions that wait for a sandbox. */
  readonly line: WaitingLine;
  readonly attention: Attention;
  readonly sandboxesPerLearner: number;
  /** A session that nobody has looked at for so long is ended. */
  readonly abandonedAfterMs: number;
  readonly checkTimings: CheckTimings;
  readonly metrics: Metrics;
  readonly log: FastifyBaseLogger;
}

export interface LiveSession extends Disposable {
  readonly sandbox: string;
  readonly checks: CheckSchedule;
}

/** The keeper, or a failure that tells the learner why this server has none. */
export function needKeeper(context: SessionContext): Keeper {
  if (!context.keeper) throw new ApiFailure('labs_off', { text: context.noLabsReason });
  return context.keeper;
}

export function needLab(context: SessionContext, id: string): Lab {
  const lab = context.catalog.labs.get(id);
  if (!lab) throw new ApiFailure('unknown_lab');
  return lab;
}
