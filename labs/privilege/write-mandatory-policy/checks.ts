import type { ChecksOf } from '#lab';
import { checkModuleBuilds, checkModuleMeaning } from './check-module.ts';
import { checkProfileAllows, checkProfileCompiles, checkProfileDenies } from './check-profile.ts';
import { checkEnforced } from './check-web.ts';
import type lab from './lab.ts';

export default {
  'profile-compiles': checkProfileCompiles,
  'profile-denies': checkProfileDenies,
  'profile-allows': checkProfileAllows,
  'module-builds': checkModuleBuilds,
  'module-meaning': checkModuleMeaning,
  'denied-today': checkEnforced,
} satisfies ChecksOf<typeof lab>;
