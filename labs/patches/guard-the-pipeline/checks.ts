import type { ChecksOf } from '#lab';
import { checkClair } from './check-clair.ts';
import { checkExceptions } from './check-exceptions.ts';
import { checkGood } from './check-good.ts';
import { checkRoot } from './check-root.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkVulnerable } from './check-vulnerable.ts';
import type lab from './lab.ts';

export default {
  'good-passes': checkGood,
  'vulnerable-stops': checkVulnerable,
  'secret-stops': checkSecrets,
  'root-stops': checkRoot,
  'exceptions-expire': checkExceptions,
  'clair-report': checkClair,
} satisfies ChecksOf<typeof lab>;
