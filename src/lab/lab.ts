import type { Text } from './text.ts';

/** The four topics of the course, in the order of the reference text. */
export const topics = ['kernel', 'surface', 'privilege', 'patches'] as const;
export type Topic = (typeof topics)[number];

/** What the machine under the sandbox must offer. The capability probe decides which of these are there. */
export type Need = 'memory' | 'cpu' | 'pids' | 'disk' | 'apparmor' | 'selinux';

/** Something the learner brings about. It has exactly one check in `checks.ts`, under the same key. */
export interface Task {
  readonly title: Text;
  readonly points: number;
  /** From a nudge to the command that solves it. */
  readonly hints: readonly [Text, ...Text[]];
  /** Extra points; a lab counts as solved without it. */
  readonly bonus?: boolean;
  /** Judged only when the learner presses the button, because its check restarts Docker or runs the learner's own scripts. */
  readonly onRequest?: boolean;
}

/**
 * The attack the learner runs first, from the attacker box. Its proof is the session's flag
 * (`FLAG{…}`, different in every session), which the learner hands in on the lab page.
 */
export interface Attack {
  readonly title: Text;
  readonly points: number;
  readonly hints: readonly [Text, ...Text[]];
}

/** What a learner does: `labs/<topic>/<lab>/lab.ts` exports one as default, `satisfies Lab`. */
export interface Lab {
  /** Label for planning and the command line, e.g. `L1.2`. The id is the folder: `<topic>/<lab>`. */
  readonly label: `L${number}.${number}` | 'CAP';
  readonly title: Text;
  /** One or two sentences: the story. */
  readonly summary: Text;
  readonly minutes: number;
  /** 1 (first steps) to 4 (hard). */
  readonly difficulty: 1 | 2 | 3 | 4;
  readonly needs: readonly Need[];
  /** So long a run of all checks may take; default 15. Up to 90 for a lab whose checks restart Docker, build or scan. */
  readonly checkLimitSeconds?: number;
  readonly attack: Attack;
  readonly tasks: Readonly<Record<string, Task>>;
  /** What a check of this lab may say when a task is not done yet. Addressed to the learner, in the du-form. */
  readonly messages: Readonly<Record<string, Text>>;
}

/** Points a learner can reach in `lab`, bonus included. */
export function pointsOf(lab: Lab): number {
  return Object.values(lab.tasks).reduce((sum, task) => sum + task.points, lab.attack.points);
}
