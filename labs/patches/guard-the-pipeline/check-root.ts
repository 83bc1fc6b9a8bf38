import type { Evidence } from '#lab';
import { proveShipping } from './check-good.ts';
import { rootRepository } from './hidden-repository.ts';
import { mustRefuse, sendThrough } from './pipeline.ts';
import type { Tools } from './registry.ts';

/** An image that runs as number 0, because it names nobody or because it names that number last. */
export async function checkRoot(tools: Tools): Promise<Evidence> {
  const control = await proveShipping(tools);
  const { sandbox } = tools;
  return [
    control,
    await sendThrough(tools, 'no USER', rootRepository(sandbox), async (trial) => mustRefuse(tools, trial, 'no-user-shipped')),
    await sendThrough(tools, 'USER 0:0 at the end', rootRepository(sandbox, '0:0'), async (trial) => mustRefuse(tools, trial, 'root-user-shipped')),
  ];
}
