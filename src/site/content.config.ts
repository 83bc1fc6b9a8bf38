import { docsSchema } from '@astrojs/starlight/schema';
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { topics } from '#lab';

/** What the course adds to Starlight's frontmatter. */
const courseFields = {
  /** One sentence for search results and link previews. */
  description: z.string({ error: 'Say in one sentence what the page is about; search results show it' }).min(20, 'Too short to say what the page is about'),
  /** On the text beside a terminal: which lab it belongs to. */
  lab: z
    .string()
    .regex(/^[a-z]+\/[a-z0-9-]+$/, 'Must be the folder of the lab below labs/, e.g. kernel/contain-the-agent')
    .optional(),
  /** On a lesson: which topic it belongs to; gives the page its colour. */
  topic: z.enum(topics, { error: `Must be one of ${topics.join(', ')}` }).optional(),
};

export const collections = {
  docs: defineCollection({
    loader: glob({ base: './content', pattern: '**/*.mdx' }),
    schema: (context) => docsSchema()(context).extend(courseFields).strict(),
  }),
};
