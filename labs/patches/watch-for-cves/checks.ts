import type { ChecksOf } from '#lab';
import { checkBot } from './check-bot.ts';
import { checkPinned } from './check-pinned.ts';
import { checkEndOfLife, checkPriorities, checkRescans } from './check-report.ts';
import { checkShop } from './check-shop.ts';
import type lab from './lab.ts';

export default {
  rescans: checkRescans,
  priorities: checkPriorities,
  'end-of-life': checkEndOfLife,
  pinned: checkPinned,
  'shop-updated': checkShop,
  'update-bot': checkBot,
} satisfies ChecksOf<typeof lab>;
