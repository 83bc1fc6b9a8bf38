import { figures, type FigureDefinition, type FigureId } from './figures.ts';
import { percentile } from './statistics.ts';

export interface Figure {
  readonly id: FigureId;
  /** The lab that was measured, where labs differ. */
  readonly lab?: string;
  readonly what: string;
  readonly value: number | null;
  readonly unit: FigureDefinition['unit'];
  readonly target: string | null;
  /** ok: target met · short: target missed · none: there is no target · unmeasured: `reason` says why. */
  readonly state: 'ok' | 'short' | 'none' | 'unmeasured';
  /** How many readings are behind it. */
  readonly samples?: number;
  readonly reason?: string;
}

type Detail = Pick<Figure, 'lab' | 'samples'>;

/** What has been measured so far. */
export class Results {
  readonly #figures: Figure[] = [];

  get all(): readonly Figure[] {
    return this.#figures;
  }

  record(id: FigureId, value: number, detail: Detail = {}): void {
    const { what, unit, target } = definitionOf(id);
    const digits = unit === 'ms' && value >= 100 ? 0 : 2;
    this.#figures.push({
      id,
      what,
      value: Number(value.toFixed(digits)),
      unit,
      target: target === undefined ? null : describe(target),
      state: judge(value, target),
      ...detail,
    });
  }

  /** Records percentiles of `times`: `{ 'echo.bare-p50': 50 }`. */
  recordPercentiles(times: readonly number[], percents: Partial<Record<FigureId, number>>, detail: Detail = {}): void {
    for (const [id, percent] of Object.entries(percents)) this.record(id as FigureId, percentile(times, percent), { ...detail, samples: times.length });
  }

  /** Notes what a measurement that has failed did not come to: of everything, or for one lab. */
  recordFailure(measurement: string, error: unknown, lab?: string): void {
    const reason = error instanceof Error ? error.message : String(error);
    for (const id of figureIds()) {
      if (!id.startsWith(`${measurement}.`) || this.#figures.some((figure) => figure.id === id && figure.lab === lab)) continue;
      const { what, unit, target } = definitionOf(id);
      this.#figures.push({
        id,
        what,
        value: null,
        unit,
        target: target === undefined ? null : describe(target),
        state: 'unmeasured',
        reason,
        ...(lab === undefined ? {} : { lab }),
      });
    }
  }
}

function figureIds(): FigureId[] {
  return Object.keys(figures) as FigureId[];
}

function definitionOf(id: FigureId): FigureDefinition {
  return figures[id];
}

function describe(target: NonNullable<FigureDefinition['target']>): string {
  return 'atMost' in target ? `≤ ${target.atMost}` : `≥ ${target.atLeast}`;
}

function judge(value: number, target: FigureDefinition['target']): Figure['state'] {
  if (target === undefined) return 'none';
  const isMet = 'atMost' in target ? value <= target.atMost : value >= target.atLeast;
  return isMet ? 'ok' : 'short';
}
