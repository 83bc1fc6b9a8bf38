import type { ChecksOf } from '#lab';
import { checkCapabilities } from './check-capabilities.ts';
import { checkNetwork } from './check-network.ts';
import { checkNewPrivileges } from './check-new-privileges.ts';
import { checkService } from './check-service.ts';
import { checkTenants } from './check-tenants.ts';
import type lab from './lab.ts';

export default {
  'minimal-capabilities': checkCapabilities,
  'tenants-apart': checkTenants,
  'no-raw-network': checkNetwork,
  'no-new-rights': checkNewPrivileges,
  'service-works': checkService,
} satisfies ChecksOf<typeof lab>;
