import type { ChecksOf } from '#lab';
import { checkContainers } from './check-containers.ts';
import { checkAfterRestart, checkDoors } from './check-doors.ts';
import { checkKeys } from './check-keys.ts';
import { deploy } from './deploy.ts';
import type lab from './lab.ts';

export default {
  'no-open-api': checkDoors,
  'ci-deploys': deploy,
  'keys-kept': checkKeys,
  'containers-locked-out': checkContainers,
  'survives-restart': checkAfterRestart,
} satisfies ChecksOf<typeof lab>;
