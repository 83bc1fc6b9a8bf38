import type { z } from 'zod';
import { ApiFailure } from '../api-failure.ts';
import { invalidFieldText } from '../messages.ts';

/** The request's body, checked; a failure names the first wrong field. */
export function parseBody<Body>(schema: z.ZodType<Body>, body: unknown): Body {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const field = result.error.issues[0]?.path.join('.');
  throw new ApiFailure('invalid_request', { text: field ? invalidFieldText(field) : undefined, cause: result.error });
}
