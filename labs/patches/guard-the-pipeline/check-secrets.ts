import type { Evidence } from '#lab';
import { proveShipping } from './check-good.ts';
import { deletedSecretRepository, environmentSecretRepository } from './hidden-repository.ts';
import { mustRefuse, sendThrough } from './pipeline.ts';
import type { Tools } from './registry.ts';

/** A key in a layer below the last one, and a token in the configuration: both leave with the image. */
export async function checkSecrets(tools: Tools): Promise<Evidence> {
  const control = await proveShipping(tools);
  const { sandbox } = tools;
  return [
    control,
    await sendThrough(tools, 'a key in a deleted file', deletedSecretRepository(sandbox), async (trial) => mustRefuse(tools, trial, 'deleted-secret-shipped')),
    await sendThrough(tools, 'a token in ENV', environmentSecretRepository(sandbox), async (trial) => mustRefuse(tools, trial, 'env-secret-shipped')),
  ];
}
