import { executeOrFail } from '#sandbox/engine/execute.ts';
import { createSandboxNetwork } from '#sandbox/engine/networks.ts';
import { dockerHostOptions } from '#sandbox/engine/sandbox-container.ts';
import { sharedPrograms } from '#sandbox/engine/shared-programs.ts';
import { connectPlace, newSandboxId, removeSandbox } from '#sandbox/keeper/sandbox-parts.ts';
import type { Course } from './course.ts';

export interface BareStartTimes {
  /** `docker run`: until the container runs. */
  readonly runMs: number;
  /** From then until `docker info` answers inside. */
  readonly engineMs: number;
}

/**
 * What the cold start is compared with: one container of the same image with the same settings on the same engine, and the nested engine
 * in it. No attacker box, no setup.sh, no keeper; the network is there before.
 */
export async function timeBareStart({ instance, engine }: Course, lab: string, image: string): Promise<BareStartTimes> {
  const place = connectPlace(instance, Buffer.alloc(0), `cli:${process.pid}`);
  const id = newSandboxId();
  try {
    await createSandboxNetwork(engine, id, place.owner);
    const programs = await sharedPrograms(engine, image);
    const startedAt = performance.now();
    const identity = { sandbox: id, lab, seed: '', owner: place.owner };
    const container = await engine.createContainer({ name: `schott-${id}-dockerhost`, ...dockerHostOptions(image, identity, `schott-${id}`, programs) });
    await container.start();
    const runsAt = performance.now();
    await executeOrFail(container, ['sh', '-c', 'until docker info > /dev/null 2>&1; do sleep 0.02; done'], 'start a bare nested engine', {
      timeoutMs: 60_000,
    });
    return { runMs: runsAt - startedAt, engineMs: performance.now() - runsAt };
  } finally {
    await removeSandbox(place, id);
  }
}
