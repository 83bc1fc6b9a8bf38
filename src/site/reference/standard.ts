import type { Lab, Text, Topic } from '#lab';

/** A rule of a published standard, and where the course deals with it. */
export interface Rule {
  /** As the standard numbers it, e.g. `5.11` or `#3`. */
  readonly id: string;
  /** What it asks for, in a few words of ours. */
  readonly asks: Text;
  /** Lesson and number of the section, e.g. `['kernel', '1.7']`. */
  readonly lesson: readonly [topic: Topic | 'introduction' | 'conclusion', section: string];
  readonly labs: readonly Lab['label'][];
}

/** A rule that the course leaves out, and why. */
export interface LeftOut {
  readonly id: string;
  readonly asks: Text;
  readonly why: Text;
}

export interface Standard {
  readonly name: string;
  readonly version: string;
  readonly url: string;
  readonly rules: readonly Rule[];
  readonly leftOut: readonly LeftOut[];
}
