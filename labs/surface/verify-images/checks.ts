import type { ChecksOf } from '#lab';
import { checkDeploy } from './check-deploy.ts';
import { checkGap } from './check-gap.ts';
import { checkPush } from './check-push.ts';
import { checkPinned, checkSigned } from './check-running.ts';
import type lab from './lab.ts';

export default {
  'authenticated-push': checkPush,
  'runs-signed': checkSigned,
  'pinned-by-digest': checkPinned,
  'verified-before-deploy': checkDeploy,
  'no-gap': checkGap,
} satisfies ChecksOf<typeof lab>;
