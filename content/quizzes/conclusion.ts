import type { Question, Quiz } from '#site/quiz/quiz.ts';
import kernel from './kernel.ts';
import patches from './patches.ts';
import privilege from './privilege.ts';
import surface from './surface.ts';

/** Ten questions out of the four topics, mixed: what was learned first should still be there at the end. */
const mixed: ReadonlyArray<readonly [quiz: Quiz, id: string]> = [
  [surface, 'read-only-socket'],
  [kernel, 'missing-namespace'],
  [privilege, 'who-decides-by-what'],
  [patches, 'rebuild'],
  [kernel, 'privileged-removes'],
  [surface, 'published-port'],
  [privilege, 'stop-setuid'],
  [patches, 'gate'],
  [surface, 'limits'],
  [kernel, 'dirty-pipe'],
];

function questionOf(quiz: Quiz, id: string): Question {
  const question = quiz.questions.find((candidate) => candidate.id === id);
  if (question === undefined) throw new Error(`Cannot ask "${id}" again: no quiz has such a question`);
  return question;
}

export default { questions: mixed.map(([quiz, id]) => questionOf(quiz, id)) } satisfies Quiz;
