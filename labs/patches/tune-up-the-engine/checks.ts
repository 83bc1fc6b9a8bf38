import type { ChecksOf } from '#lab';
import { checkAutomatic } from './check-automatic.ts';
import { checkLiveRestore } from './check-live-restore.ts';
import { checkRuntime } from './check-runtime.ts';
import { checkSource } from './check-source.ts';
import type lab from './lab.ts';
import { checkShop } from './shop.ts';

export default {
  runtime: checkRuntime,
  'trusted-source': checkSource,
  shop: checkShop,
  'live-restore': checkLiveRestore,
  automatic: checkAutomatic,
} satisfies ChecksOf<typeof lab>;
