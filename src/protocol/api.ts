/** Bodies of the public HTTP interface. Every error has the form `apiError`. */
import { z } from 'zod';
import { labId } from './lab-id.ts';
import { text } from './text.ts';
import { checkResult } from './verdict.ts';

export const apiError = z.strictObject({ error: z.strictObject({ code: z.string(), message: text }) });
export type ApiError = z.infer<typeof apiError>;

/** ready: can be started · preparing: its image is being baked · unavailable: this machine cannot run it, `reason` says why. */
export const labAvailability = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('ready') }),
  z.strictObject({ state: z.literal('preparing'), percent: z.number(), step: text }),
  z.strictObject({ state: z.literal('unavailable'), reason: text }),
]);
export type LabAvailability = z.infer<typeof labAvailability>;

/** GET /api/labs */
export const labList = z.strictObject({
  labs: z.array(
    z.strictObject({
      id: labId,
      label: z.string(),
      title: text,
      minutes: z.number(),
      difficulty: z.number(),
      points: z.number(),
      availability: labAvailability,
    }),
  ),
});
export type LabList = z.infer<typeof labList>;

/** queued (waits for a sandbox) → starting → ready → ended (by the learner, or nobody came any more) or expired (time was up) or failed. */
const sessionState = z.enum(['queued', 'starting', 'ready', 'ended', 'expired', 'failed']);
export type SessionState = z.infer<typeof sessionState>;

/** Where a session stands that waits for a sandbox. Place 1 is the next. */
export const queueStanding = z.strictObject({ place: z.number().int().min(1), reason: text });
export type QueueStanding = z.infer<typeof queueStanding>;

/**
 * POST /api/sessions → 201, also when there is no sandbox for it yet: then it is queued, and `WS …/events` tells each change of its place. 503
 * queue_full when too many wait already. Also GET /api/sessions/:id, POST …/reset, POST …/extend.
 */
export const startSession = z.strictObject({ lab: labId });
export const session = z.strictObject({
  id: z.string(),
  lab: labId,
  state: sessionState,
  /** Set when the state is queued. */
  queue: queueStanding.optional(),
  /** By the server's clock. The time of a queued session has not begun; until then this is what it would be. */
  expiresAt: z.iso.datetime(),
  /** Server's clock when this was written, so that a page with a wrong clock still counts down rightly. */
  now: z.iso.datetime(),
  /** How many more times the time can be extended. */
  extensionsLeft: z.number(),
  /** Names of the terminals, by index: `WS …/terminals/0` is the first. */
  terminals: z.array(z.enum(['dockerhost', 'attacker'])),
  /** The last check's result, if any. */
  lastCheck: checkResult.optional(),
  /** The flag of the attack was handed in. */
  attackSolved: z.boolean(),
  /** Set when the state is failed, or ended without the learner's doing. */
  reason: text.optional(),
});
export type Session = z.infer<typeof session>;

/** GET /api/sessions: the learner's own running sessions. */
export const sessionList = z.strictObject({ sessions: z.array(session) });
export type SessionList = z.infer<typeof sessionList>;

/** POST /api/sessions/:id/flag → 200 {accepted}: hands in the flag of the attack. */
export const handInFlag = z.strictObject({ flag: z.string().max(200) });
export const flagResult = z.strictObject({ accepted: z.boolean() });

/** POST /api/sessions/:id/solution → {script}: the reference solution, on request; noted in the progress. */
export const solution = z.strictObject({ script: z.string() });

/** GET /api/progress; PUT /api/progress/place {path}; PUT /api/progress/quiz {quiz, answers} */
export const progress = z.strictObject({
  labs: z.record(
    labId,
    z.strictObject({
      attackSolved: z.boolean(),
      tasks: z.array(z.string()),
      points: z.number(),
      solvedAt: z.iso.datetime().nullable(),
      solutionSeen: z.boolean(),
    }),
  ),
  quizzes: z.record(z.string(), z.strictObject({ answers: z.array(z.string()), answeredAt: z.iso.datetime() })),
  /** Path of the lesson or lab last opened, without the language, e.g. `/kernel/`. */
  lastPlace: z.string().nullable(),
  points: z.number(),
});
export type Progress = z.infer<typeof progress>;
export const placeBody = z.strictObject({ path: z.string().regex(/^\/[a-z0-9/-]{0,200}$/) });
export const quizBody = z.strictObject({ quiz: z.string().regex(/^[a-z0-9/-]{1,100}$/), answers: z.array(z.string().max(200)).max(20) });

/** Messages on WS /api/sessions/:id/events, server → browser, as JSON text. */
export const sessionEvent = z.discriminatedUnion('type', [
  /** The session as a whole changed: state, time left. Also sent first, after connecting. */
  z.strictObject({ type: z.literal('session'), session }),
  /** A check is running; `cause` says why. */
  z.strictObject({ type: z.literal('checking'), cause: z.enum(['button', 'docker', 'activity', 'start']) }),
  z.strictObject({ type: z.literal('checked'), result: checkResult }),
  z.strictObject({ type: z.literal('error'), error: apiError.shape.error }),
]);
export type SessionEvent = z.infer<typeof sessionEvent>;
