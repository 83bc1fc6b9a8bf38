import { z } from 'zod';

/** What the machine is, as seen from inside. */
const facts = z.strictObject({
  system: z.string(),
  kernel: z.string(),
  init: z.string(),
  cgroups: z.string(),
  securityModules: z.string(),
  engine: z.string(),
  containerd: z.string(),
  runc: z.string(),
});

const outcome = z.strictObject({
  step: z.string(),
  ok: z.boolean(),
  /** As the machine's own clock counts them. */
  seconds: z.number(),
  /** Numbers and names that belong into the report. */
  summary: z.string(),
});

/** What the virtual machine says on its port to the outside: one JSON text a line. */
export const message = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('facts'), facts }),
  z.strictObject({ type: z.literal('begin'), step: z.string() }),
  z.strictObject({ type: z.literal('output'), line: z.string() }),
  z.strictObject({ type: z.literal('end'), outcome }),
  z.strictObject({ type: z.literal('done') }),
]);

export type Message = z.infer<typeof message>;
export type Facts = z.infer<typeof facts>;
export type Outcome = z.infer<typeof outcome>;
