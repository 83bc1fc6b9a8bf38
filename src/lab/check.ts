import type { Lab } from './lab.ts';
import type { SandboxView } from './sandbox.ts';
import type { Evidence, NotYet } from './verdict.ts';

/** What a check gets: the sandbox to look at, and a way to say what is missing with a message the lab defines. */
export interface CheckTools<L extends Lab> {
  readonly sandbox: SandboxView;
  /** `throw notYet('still-root', ['Uid of pid 7: 0'])`; the id must be a key of the lab's `messages`. */
  readonly notYet: (messageId: keyof L['messages'] & string, evidence?: Evidence) => NotYet;
}

/** Resolves with the evidence that proves the task, or throws NotYet / Inconclusive. */
export type Check<L extends Lab> = (tools: CheckTools<L>) => Promise<Evidence>;

/** One check a task: a task without a check, or a check without a task, does not compile. */
export type ChecksOf<L extends Lab> = { readonly [T in keyof L['tasks']]: Check<L> };
