import { z } from 'zod';

/** `<topic>/<lab>`, the folder below `labs/`. Nothing else is ever looked up, so no path can be smuggled in. */
export const labId = z
  .string()
  .regex(/^[a-z]{2,20}\/[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(80);
