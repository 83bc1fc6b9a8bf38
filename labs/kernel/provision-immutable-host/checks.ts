import type { ChecksOf } from '#lab';
import { checkBottlerocket } from './check-bottlerocket.ts';
import { checkCoreosSecure, checkIgnitionValid } from './check-ignition.ts';
import { checkPet } from './check-pet.ts';
import type lab from './lab.ts';

export default {
  'pet-immutable': checkPet,
  'ignition-valid': checkIgnitionValid,
  'coreos-secure': checkCoreosSecure,
  'bottlerocket-secure': checkBottlerocket,
} satisfies ChecksOf<typeof lab>;
