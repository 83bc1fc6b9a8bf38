import { z } from 'zod';

export const text = z.strictObject({ de: z.string(), en: z.string() });
