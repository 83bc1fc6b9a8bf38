import type { ChecksOf } from '#lab';
import { checkCalls, checkSockets } from './check-calls.ts';
import { checkDefault } from './check-default.ts';
import { checkFilter } from './check-filter.ts';
import { checkService } from './check-service.ts';
import type lab from './lab.ts';

export default {
  'filter-active': checkFilter,
  'dangerous-calls': checkCalls,
  'no-network-sockets': checkSockets,
  'default-deny': checkDefault,
  'renders-filtered': checkService,
} satisfies ChecksOf<typeof lab>;
