/** GET /healthz: 200 as long as the server itself works; `state` says whether labs can be started. */
import { z } from 'zod';
import { capabilities } from './keeper.ts';
import { text } from './text.ts';

export const health = z.strictObject({
  /** ok · degraded: labs cannot be started at the moment · lessons-only: this server offers no labs. */
  state: z.enum(['ok', 'degraded', 'lessons-only']),
  server: z.strictObject({ state: z.literal('ok'), uptimeSeconds: z.number() }),
  keeper: z.strictObject({ state: z.enum(['ok', 'unavailable', 'off']), reason: text.optional() }),
  engine: z.strictObject({
    state: z.enum(['ok', 'unavailable']),
    reason: text.optional(),
    version: z.string().optional(),
    sandboxes: z.number().optional(),
    capacity: z.number().optional(),
    sleeping: z.number().optional(),
  }),
  /** null: not known, because the keeper does not answer. */
  capabilities: capabilities.nullable(),
});
export type Health = z.infer<typeof health>;
