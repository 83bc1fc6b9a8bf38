import type { ChecksOf } from '#lab';
import { checkAttack } from './check-attack.ts';
import { checkPackages } from './check-packages.ts';
import { checkService } from './check-service.ts';
import { checkSize } from './check-size.ts';
import { checkStart } from './check-start.ts';
import { checkTools } from './check-tools.ts';
import type lab from './lab.ts';

export default {
  'small-image': checkSize,
  'no-tools': checkTools,
  'few-packages': checkPackages,
  'not-root': checkStart,
  'attack-blunt': checkAttack,
  'service-works': checkService,
} satisfies ChecksOf<typeof lab>;
