/** Gets each line that a step prints. */
export type OnLine = (line: string) => void;

export interface StepResult {
  readonly ok: boolean;
  /** Numbers and names for the report. */
  readonly summary: string;
}
