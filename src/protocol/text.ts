import { z } from 'zod';

export const text = z.strictObject({ de: z.string(), en: z.string() });
export type Text = z.infer<typeof text>;
