import type { ChecksOf } from '#lab';
import { checkBuild } from './check-build.ts';
import { checkImage } from './check-image.ts';
import { checkRemoved } from './check-removed.ts';
import { checkRotation } from './check-rotation.ts';
import { checkRuntime } from './check-runtime.ts';
import type lab from './lab.ts';

export default {
  'clean-image': checkImage,
  'build-authenticates': checkBuild,
  'runtime-secret': checkRuntime,
  'secrets-rotated': checkRotation,
  'leak-removed': checkRemoved,
} satisfies ChecksOf<typeof lab>;
