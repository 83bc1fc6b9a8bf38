/**
 * What the server may ask the keeper, over a unix socket (HTTP and WebSocket). Narrow on purpose: sandboxes by id, labs by id,
 * no container options, no paths, no commands.
 *
 * GET    /health                                → keeperHealth
 * GET    /labs                                  → keeperLabs
 * POST   /sandboxes {lab, expiresAt}            → 201 sandbox (state starting or ready); 503 lab-preparing, lab-unavailable,
 *                                                 no-room (all in use, no memory, no disk), many-starting (a ready one would be given all the same)
 * GET    /sandboxes                             → {sandboxes}
 * GET    /sandboxes/:id                         → sandbox
 * DELETE /sandboxes/:id                         → 204 (also when it is already gone)
 * PUT    /sandboxes/:id/deadline {expiresAt}    → sandbox; the keeper removes the sandbox at this time
 * POST   /sandboxes/:id/check checkOrder        → checkResult; always a verdict within the lab's limit (15 s unless it says otherwise) and 5 s more
 *                                                 for cleaning up
 * POST   /sandboxes/:id/flag {flag}             → {accepted}
 * GET    /warm                                  → warmPool
 * PUT    /warm warmOrder                        → warmPool; sandboxes ordered ahead, e.g. for a class
 * WS     /sandboxes/:id/terminals/:n            → terminal frames (src/protocol/terminal.ts), one frame a message
 * WS     /sandboxes/:id/events                  → keeperEvent, JSON text
 */
import { z } from 'zod';
import { labAvailability } from './api.ts';
import { labId } from './lab-id.ts';
import { text } from './text.ts';

export const sandboxId = z.string().regex(/^[a-z2-7]{16}$/);

export const sandbox = z.strictObject({
  id: sandboxId,
  lab: labId,
  state: z.enum(['starting', 'ready', 'failed']),
  expiresAt: z.iso.datetime(),
  reason: text.optional(),
});
export type Sandbox = z.infer<typeof sandbox>;
export const sandboxList = z.strictObject({ sandboxes: z.array(sandbox) });

/** `onlyReady`: give one that stands ready, do not make one; somebody else waits for that. */
export const startSandbox = z.strictObject({ lab: labId, expiresAt: z.iso.datetime(), onlyReady: z.boolean().default(false) });
/** `isFull`: the learner has asked, so the tasks that are judged on request only are judged as well. */
export const checkOrder = z.strictObject({ isFull: z.boolean().default(true) });
export const deadline = z.strictObject({ expiresAt: z.iso.datetime() });

/** `count` learners are expected to start `lab` between `from` and `until`; their sandboxes are to stand ready. 0 cancels the order. */
export const warmOrder = z.strictObject({ lab: labId, count: z.number().int().min(0).max(500), from: z.iso.datetime(), until: z.iso.datetime() });
export type WarmOrder = z.infer<typeof warmOrder>;
export const warmPool = z.strictObject({
  /** Sandboxes that stand ready, by lab, and how many should. */
  labs: z.array(z.strictObject({ lab: labId, ready: z.number(), wanted: z.number() })),
  orders: z.array(warmOrder),
});
export type WarmPool = z.infer<typeof warmPool>;

export const capabilities = z.strictObject({
  cgroupVersion: z.union([z.literal(1), z.literal(2)]),
  controllers: z.array(z.string()),
  userNamespaces: z.boolean(),
  btrfs: z.boolean(),
  kvm: z.boolean(),
  appArmor: z.boolean(),
  selinux: z.boolean(),
  architecture: z.string(),
  kernel: z.string(),
});
export type Capabilities = z.infer<typeof capabilities>;

export const keeperHealth = z.strictObject({
  /** ok · degraded: the engine does not answer, `reason` says what is known. */
  state: z.enum(['ok', 'degraded']),
  reason: text.optional(),
  engineVersion: z.string().optional(),
  sandboxes: z.number(),
  capacity: z.number(),
  /** Sandboxes that stand ready without a session. */
  warm: z.number(),
  /** Sandboxes, warm ones included, that sleep because nobody uses them. */
  sleeping: z.number(),
  capabilities,
});
export type KeeperHealth = z.infer<typeof keeperHealth>;

export const keeperLabs = z.strictObject({ labs: z.record(labId, labAvailability) });

export const keeperEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('sandbox'), sandbox }),
  /** Something happened in the nested engine that may change a verdict. Not debounced. */
  z.strictObject({ type: z.literal('docker'), action: z.string() }),
  z.strictObject({ type: z.literal('gone'), cause: z.enum(['deleted', 'expired', 'died']) }),
]);
export type KeeperEvent = z.infer<typeof keeperEvent>;

export const keeperError = z.strictObject({ error: z.strictObject({ code: z.string(), message: text }) });
