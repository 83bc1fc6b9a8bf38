import type { FastifyInstance } from 'fastify';
import type { LabAvailability, LabList } from '#protocol/api.ts';
import { pointsOf } from '#lab';
import { describeError } from '../error-handler.ts';
import { texts } from '../messages.ts';
import type { SessionContext } from '../sessions/session-context.ts';

export function labRoutes(app: FastifyInstance, context: SessionContext): void {
  app.get('/labs', async (request): Promise<LabList> => {
    const availabilityOf = await askAvailability(context, (error) => request.log.warn({ err: error }, 'labs are unavailable'));
    const labs = [...context.catalog.labs].map(([id, lab]) => ({
      id,
      label: lab.label,
      title: lab.title,
      minutes: lab.minutes,
      difficulty: lab.difficulty,
      points: pointsOf(lab),
      availability: availabilityOf(id),
    }));
    return { labs };
  });
}

/** The list of labs can always be shown; only their availability depends on the keeper. */
async function askAvailability(context: SessionContext, reportFailure: (error: unknown) => void): Promise<(id: string) => LabAvailability> {
  if (!context.keeper) return () => ({ state: 'unavailable', reason: context.noLabsReason });
  try {
    const known = await context.keeper.labs();
    return (id) => known[id] ?? { state: 'unavailable', reason: texts.labUnknownToKeeper };
  } catch (error) {
    reportFailure(error);
    return () => ({ state: 'unavailable', reason: describeError(error).text });
  }
}
