import type { Course } from './course.ts';
import type { Results } from './results.ts';

/** What a measurement works with. */
export interface Bench {
  readonly course: Course;
  readonly results: Results;
  /** The first number in a full run, the second in a quick one. */
  times(full: number, quick: number): number;
  /** A line for whoever waits. */
  say(line: string): void;
}

export interface Measurement {
  /** First part of the ids of its figures. */
  readonly name: string;
  /** Sandboxes kept ready for each lab meanwhile. Without them nothing but the measured runs. */
  readonly warm: 0 | 1;
  run(bench: Bench): Promise<void>;
}
