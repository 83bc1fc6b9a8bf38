import { z } from 'zod';
import type { Text } from '#lab';
import { texts } from './messages.ts';

/** What the operator chose. Nothing else in the server reads the environment. */
export interface Configuration {
  readonly port: number;
  readonly host: string;
  /** undefined: lessons without labs; `noLabsReason` tells the learner why. */
  readonly keeperSocket: string | undefined;
  readonly noLabsReason: Text;
  /** Holds the database and the cookie secret. */
  readonly dataDirectory: string;
  readonly siteDirectory: string;
  readonly sandboxesPerLearner: number;
  /** A session that was open in no browser for so long is ended. */
  readonly abandonedAfterMs: number;
  /** Origins besides the server's own that may use it, e.g. `https://course.example.org` behind a proxy. */
  readonly allowedOrigins: readonly string[];
}

const environment = z.object({
  SCHOTT_PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  SCHOTT_HOST: z.string().min(1).default('127.0.0.1'),
  SCHOTT_KEEPER_SOCKET: z.string().min(1).optional(),
  SCHOTT_NO_LABS_REASON_DE: z.string().min(1).default(texts.labsOff.de),
  SCHOTT_NO_LABS_REASON_EN: z.string().min(1).default(texts.labsOff.en),
  SCHOTT_DATA: z.string().min(1).default('./.data'),
  SCHOTT_SITE: z.string().min(1).default('./dist'),
  SCHOTT_SANDBOXES_PER_LEARNER: z.coerce.number().int().min(1).max(100).default(2),
  SCHOTT_IDLE_MINUTES: z.coerce.number().positive().max(10_000).default(60),
  SCHOTT_ALLOWED_ORIGINS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin))),
});

/** Reads the environment; throws an error that names the variable. An empty variable counts as not set. */
export function readConfiguration(variables: NodeJS.ProcessEnv = process.env): Configuration {
  const set = Object.fromEntries(Object.entries(variables).filter(([name, value]) => name.startsWith('SCHOTT_') && value !== ''));
  const result = environment.safeParse(set);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join()}: ${issue.message}`);
    throw new Error(`Cannot read the configuration from the environment: ${problems.join('; ')}`);
  }
  const { data } = result;
  return {
    port: data.SCHOTT_PORT,
    host: data.SCHOTT_HOST,
    keeperSocket: data.SCHOTT_KEEPER_SOCKET,
    noLabsReason: { de: data.SCHOTT_NO_LABS_REASON_DE, en: data.SCHOTT_NO_LABS_REASON_EN },
    dataDirectory: data.SCHOTT_DATA,
    siteDirectory: data.SCHOTT_SITE,
    sandboxesPerLearner: data.SCHOTT_SANDBOXES_PER_LEARNER,
    abandonedAfterMs: data.SCHOTT_IDLE_MINUTES * 60_000,
    allowedOrigins: data.SCHOTT_ALLOWED_ORIGINS,
  };
}
