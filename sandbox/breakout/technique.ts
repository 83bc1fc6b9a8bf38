import { expect, test } from 'vitest';
import { viewpoints as everyRoot, type Viewpoint } from '../testing/viewpoints.ts';

export interface Finding {
  /** What of the machine or of a neighbour was reached; empty when it held. */
  readonly reached: readonly string[];
  /** What the same probe did where it may; without it the test fails, for a broken probe refuses everything. */
  readonly control: string | undefined;
  /** How it was refused, as the kernel or the engine said it (errno text), for the table. */
  readonly refusal?: string | undefined;
}

/** What one test of a technique tells the report. */
export interface TechniqueRecord {
  readonly title: string;
  readonly reference: string;
  readonly viewpoint: string;
  readonly control: string;
  readonly result: string;
}

declare module 'vitest' {
  interface TaskMeta {
    technique?: TechniqueRecord;
  }
}

/**
 * Registers one way to break out: a test for each viewpoint (where the learner can be root, unless told otherwise). It passes when the probe reached
 * nothing although its control shows that it works. What it found stands in the table at the end of the run (report.ts).
 * `reference`: a CVE, manual page or kernel document.
 */
export function technique(
  title: string,
  options: { readonly reference?: string; readonly viewpoints?: readonly Viewpoint[] },
  probe: (viewpoint: Viewpoint) => Promise<Finding>,
): void {
  test.for(options.viewpoints ?? everyRoot)(`${title}, from $name`, async (viewpoint, { task }) => {
    const record = { title, reference: options.reference ?? '', viewpoint: viewpoint.name };
    task.meta.technique = { ...record, control: '', result: 'THE PROBE ITSELF FAILED' };
    const finding = await probe(viewpoint);
    task.meta.technique = { ...record, control: finding.control ?? 'FAILED', result: resultOf(finding) };
    expect(finding.control, 'the control, without which a refusal says nothing').toBeTruthy();
    expect(finding.reached).toEqual([]);
  });
}

function resultOf({ reached, refusal }: Finding): string {
  if (reached.length > 0) return `REACHED ${reached.join('; ')}`;
  return refusal ? `held: ${refusal}` : 'held';
}
