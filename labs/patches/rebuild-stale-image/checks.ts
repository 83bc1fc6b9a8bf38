import type { ChecksOf } from '#lab';
import { checkBase } from './check-base.ts';
import { checkApp, checkExploit } from './check-exploit.ts';
import { checkScan } from './check-scan.ts';
import { checkVersion } from './check-version.ts';
import type lab from './lab.ts';
import { checkService } from './shop.ts';

export default {
  'fresh-base': checkBase,
  'scan-clean': checkScan,
  'exploit-dead': checkExploit,
  'service-works': checkService,
  versioned: checkVersion,
  'app-mended': checkApp,
} satisfies ChecksOf<typeof lab>;
