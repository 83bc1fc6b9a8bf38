import type { Text } from '#lab';

/** An answer that can be chosen. `why` is shown once the question was answered, whatever was chosen. */
export interface Option {
  readonly id: string;
  readonly text: Text;
  readonly isRight: boolean;
  readonly why: Text;
}

/** One right answer (`single`) or any number of them (`multiple`). */
export interface ChoiceQuestion {
  readonly id: string;
  readonly type: 'single' | 'multiple';
  readonly ask: Text;
  readonly options: readonly Option[];
}

/** Steps to be put in order; they stand here in the right one. */
export interface OrderQuestion {
  readonly id: string;
  readonly type: 'order';
  readonly ask: Text;
  readonly steps: readonly { readonly id: string; readonly text: Text }[];
  /** Other right orders, as ids of steps. */
  readonly alsoRight?: readonly (readonly string[])[];
  readonly why: Text;
}

/** What belongs together: each `left` has the `right` it stands with. */
export interface MatchQuestion {
  readonly id: string;
  readonly type: 'match';
  readonly ask: Text;
  readonly pairs: readonly { readonly id: string; readonly left: Text; readonly right: Text; readonly why: Text }[];
}

export type Question = ChoiceQuestion | OrderQuestion | MatchQuestion;

/** The questions at the end of a topic. */
export interface Quiz {
  readonly questions: readonly Question[];
}

/** The self-tests of a topic: one to three questions by the number of the section, e.g. `1.2`. */
export type SectionQuizzes = Readonly<Record<string, readonly Question[]>>;
