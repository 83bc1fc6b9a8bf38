import type { Evidence } from '#lab';
import { unfixedRepository, vulnerableRepository } from './hidden-repository.ts';
import { mustRefuse, mustShip, sendThrough } from './pipeline.ts';
import type { Tools } from './registry.ts';

/** HIGH and CRITICAL with a fix stop an image; without one, and MEDIUM, they do not. */
export async function checkVulnerable(tools: Tools): Promise<Evidence> {
  const high = vulnerableRepository(tools.sandbox, 'HIGH');
  const critical = vulnerableRepository(tools.sandbox, 'CRITICAL');
  return [
    await sendThrough(tools, high.what, high.files, async (trial) => mustRefuse(tools, trial, 'high-shipped')),
    await sendThrough(tools, critical.what, critical.files, async (trial) => mustRefuse(tools, trial, 'critical-shipped')),
    await sendThrough(tools, 'what has no fix (runc, HIGH) and what is not serious (jquery, MEDIUM)', unfixedRepository(tools.sandbox), async (trial) => {
      mustShip(tools, trial, 'unfixed-refused');
      return `${trial.line}, shipped`;
    }),
  ];
}
