import type { ChecksOf } from '#lab';
import { checkCode } from './check-code.ts';
import { checkHostAttack } from './check-host-attack.ts';
import { checkImageUser, checkProcessUser } from './check-user.ts';
import { checkHelpers } from './check-helpers.ts';
import { checkReadOnlyRoot, checkService } from './check-service.ts';
import type lab from './lab.ts';

export default {
  'image-user': checkImageUser,
  'process-user': checkProcessUser,
  'code-protected': checkCode,
  'host-safe': checkHostAttack,
  'no-helpers': checkHelpers,
  'service-works': checkService,
  'root-read-only': checkReadOnlyRoot,
} satisfies ChecksOf<typeof lab>;
